"""证据: the photographs and files of a visit, one by one."""
