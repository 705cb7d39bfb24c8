"""Places that hold files, all behind one small protocol: folders and servers of three kinds."""
