"""What the operating system refused, in the person's language: one sentence for each number.

The number stands behind the words, so that whoever helps can look it up. What is not listed keeps
the system's own words.
"""

from __future__ import annotations

import errno

from inspector.base.i18n import LANGUAGES, N_, Bilingual, translator

#: By name, as not every system knows every number.
_SAID = {
    "EPERM": N_("the system does not allow it"),
    "ENOENT": N_("there is no such file or folder"),
    "EIO": N_("the device reported a read or write error"),
    "ENXIO": N_("there is no such device"),
    "ENODEV": N_("there is no such device"),
    "EACCES": N_("no permission"),
    "EBUSY": N_("another program is using it"),
    "ETXTBSY": N_("another program is using it"),
    "EEXIST": N_("something of this name is there already"),
    "EXDEV": N_("it lies on another disk"),
    "ENOTDIR": N_("a part of the path is not a folder"),
    "EISDIR": N_("it is a folder and not a file"),
    "EINVAL": N_("the system or the disk does not accept this"),
    "EMFILE": N_("too many files are open"),
    "ENFILE": N_("too many files are open"),
    "EFBIG": N_("the file is too large for this disk"),
    "ENOSPC": N_("there is no room left on the disk"),
    "EDQUOT": N_("the room allotted on the disk is used up"),
    "EROFS": N_("the disk is read-only"),
    "ENAMETOOLONG": N_("the name or the path is too long"),
    "ENOTEMPTY": N_("the folder is not empty"),
    "ELOOP": N_("the path leads through too many links"),
    "ENOMEM": N_("there is not enough memory"),
    "EILSEQ": N_("the disk cannot write these characters in a name"),
    "ESTALE": N_("the network drive has forgotten this file"),
    "EADDRINUSE": N_("the address is in use already"),
    "EADDRNOTAVAIL": N_("this computer does not have that address"),
    "ENETDOWN": N_("the network is down"),
    "ENETUNREACH": N_("the network cannot be reached"),
    "EHOSTDOWN": N_("the other computer is down"),
    "EHOSTUNREACH": N_("the other computer cannot be reached"),
    "ECONNREFUSED": N_("the other computer refused the connection"),
    "ECONNRESET": N_("the other computer ended the connection"),
    "ECONNABORTED": N_("the connection was cut off"),
    "ENOTCONN": N_("the connection was cut off"),
    "EPIPE": N_("the connection was cut off"),
    "ETIMEDOUT": N_("there was no answer in time"),
}
_BY_NUMBER = {
    number: said for name, said in _SAID.items() if (number := getattr(errno, name, None))
}


def reason_of(error: OSError, *, named: bool = False) -> Bilingual:
    """Return why the system refused, as a field of a message: “no permission [13]”.

    named: add the file, where the message does not say which one it is about.
    """
    number = error.errno
    if number is None and isinstance(error, TimeoutError):
        # Python's own, which no system call gave a number.
        number = errno.ETIMEDOUT
    words = _BY_NUMBER.get(number or 0)
    if words is None:
        own = error.strerror or str(error) or type(error).__name__
        zh = en = own if number is None else f"{own} [{number}]"
    else:
        zh, en = (f"{translator(lang)(words)} [{number}]" for lang in LANGUAGES)
    file = f": {error.filename}" if named and error.filename else ""
    return Bilingual(zh + file, en + file)
