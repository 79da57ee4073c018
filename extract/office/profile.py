"""The settings under which LibreOffice opens documents of strangers."""

from __future__ import annotations

from pathlib import Path

_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_UPDATE = "/org.openoffice.Office.Writer/Content/Update"
_NETWORK = "/org.openoffice.Inet/Settings"

NOWHERE = "127.0.0.1"
NO_PORT = "9"
"""The port for discarding, on which nothing listens."""

SETTINGS = (
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_UPDATE, "Link", "2"),
    (_UPDATE, "Field", "false"),
    (_UPDATE, "Chart", "false"),
    (_NETWORK, "ooInetProxyType", "2"),
    (_NETWORK, "ooInetHTTPProxyName", NOWHERE),
    (_NETWORK, "ooInetHTTPProxyPort", NO_PORT),
    (_NETWORK, "ooInetHTTPSProxyName", NOWHERE),
    (_NETWORK, "ooInetHTTPSProxyPort", NO_PORT),
    (_NETWORK, "ooInetNoProxy", ""),
)
"""No macro runs, no link is followed or brought up to date, and what asks the network for
something all the same is sent to a proxy that is not there."""

PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "ALL_PROXY")
ENVIRONMENT = {
    **dict.fromkeys(PROXIES, f"http://{NOWHERE}:{NO_PORT}"),
    "no_proxy": "",
    "NO_PROXY": "",
    "SAL_USE_VCLPLUGIN": "svp",
}

_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)


def write_profile(folder: Path) -> None:
    """Makes a profile of these settings, of which LibreOffice fills in the rest."""
    user = folder / "user"
    user.mkdir(parents=True)
    items = (_ITEM.format(path=path, name=name, value=value) for path, name, value in SETTINGS)
    text = _FILE.format(items="\n".join(items))
    (user / "registrymodifications.xcu").write_text(text, encoding="utf-8")
