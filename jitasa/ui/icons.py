"""Our own small set of icons: strokes on a 24 × 24 grid, drawn inline so that they need no request."""

from django.utils.safestring import SafeString, mark_safe

# Names say what the icon means in this product. Each value is the inside of an <svg>.
SHAPES: dict[str, str] = {
    "add": '<path d="M12 5v14M5 12h14"/>',
    "alert": '<path d="M12 3 2.5 20h19z"/><path d="M12 10v4M12 17v.01"/>',
    "approve": '<path d="M4 13l5 5L20 6"/><path d="M4 20h16"/>',
    "back": '<path d="M15 5l-7 7 7 7"/>',
    "bell": '<path d="M6 16V11a6 6 0 0 1 12 0v5l2 2H4z"/><path d="M10 21h4"/>',
    "board": '<path d="M4 4h16v16H4zM4 10h16M10 10v10"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 11h16M8 3v5M16 3v5"/>',
    "camera": '<path d="M4 8h4l1.5-3h5L16 8h4v11H4z"/><circle cx="12" cy="13" r="3.5"/>',
    "chart": '<path d="M4 20h16M7 20v-7M12 20V6M17 20v-10"/>',
    "check": '<path d="M4 12.5l5.5 5.5L20 6.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "copy": '<path d="M8 8h12v12H8z"/><path d="M16 8V4H4v12h4"/>',
    "down": '<path d="M5 9l7 7 7-7"/>',
    "download": '<path d="M12 4v11M7 11l5 5 5-5M4 20h16"/>',
    "edit": '<path d="M4 20l1-5L16 4l4 4L9 19z"/><path d="M13.5 6.5l4 4"/>',
    "excel": '<path d="M6 3h9l4 4v14H6z"/><path d="M9 11l6 6M15 11l-6 6"/>',
    "file": '<path d="M6 3h9l4 4v14H6z"/><path d="M14 3v5h5M9 13h6M9 17h6"/>',
    "filter": '<path d="M4 5h16l-6 8v6l-4-2v-4z"/>',
    "flag": '<path d="M6 21V4h12l-2.5 4L18 12H6"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/>'
    '<path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"/>',
    "heart": '<path d="M12 20C5 15 3 11.5 4 8.5 5.2 5 10 5 12 9c2-4 6.800-4 8-.5 1 3-1 6.500-8 11.500z"/>',
    "help": '<circle cx="12" cy="12" r="8.5"/><path d="M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.8.4-1 1-1 1.700M12 16.800v.01"/>',
    "history": '<path d="M4 12a8 8 0 1 1 2.500 5.800M4 12V6M4 12h5"/><path d="M12 8v4l3 2"/>',
    "home": '<path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z"/>',
    "inbox": '<path d="M4 13l3-8h10l3 8v6H4z"/><path d="M4 13h5l1 3h4l1-3h5"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.01"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="M11 12l8-8M16 7l3 3"/>',
    "link": '<path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1"/>'
    '<path d="M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01"/>',
    "lock": '<path d="M6 11h12v9H6z"/><path d="M9 11V8a3 3 0 0 1 6 0v3"/>',
    "map": '<path d="M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2zM9 4v14M15 6v14"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "merge": '<path d="M6 4v4c0 4 6 4 6 8v4M18 4v4c0 4-6 4-6 8"/>',
    "minus": '<path d="M5 12h14"/>',
    "moon": '<path d="M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z"/>',
    "next": '<path d="M9 5l7 7-7 7"/>',
    "note": '<path d="M4 5h16v11H9l-5 4z"/>',
    "office": '<path d="M3 20h18M5 20V10M19 20V10M3 10l9-6 9 6zM9.500 20v-6h5v6"/>',
    "pause": '<path d="M8 5v14M16 5v14"/>',
    "people": '<circle cx="9" cy="8" r="3.500"/><path d="M2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6"/>'
    '<path d="M16 5a3.200 3.200 0 0 1 0 6.200M17.500 14.200c2.500.6 4 2.600 4 5.800"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.500 20.500c0-4.500 3.500-7 7.500-7s7.500 2.500 7.500 7"/>',
    "photo": '<path d="M4 5h16v14H4z"/><circle cx="9" cy="10" r="1.500"/><path d="M4 17l5-4 3 2 4-4 4 4"/>',
    "pin": '<path d="M12 21c-4.500-5-7-8-7-11a7 7 0 0 1 14 0c0 3-2.500 6-7 11z"/><circle cx="12" cy="10" r="2.500"/>',
    "print": '<path d="M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z"/>',
    "qr": '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h3v3M20 14v6h-6v-2"/>',
    "record": '<path d="M12 3l2.600 5.600 6 .7-4.500 4.100 1.200 6L12 16.400 6.700 19.400l1.200-6L3.400 9.300l6-.7z"/>',
    "refresh": '<path d="M20 12a8 8 0 1 1-2.500-5.800M20 4v4.500h-4.500"/>',
    "return": '<path d="M9 14l-5-5 5-5"/><path d="M4 9h10a6 6 0 0 1 0 12h-3"/>',
    "review": '<path d="M6 3h9l4 4v14H6z"/><path d="M9 14l2.500 2.500L16 11.500"/>',
    "search": '<circle cx="11" cy="11" r="6.500"/><path d="M16 16l4.500 4.500"/>',
    "send": '<path d="M4 12L20 4l-5 16-4-6z"/><path d="M11 14l4-4"/>',
    "settings": '<path d="M4 7h9M19 7h1M4 17h2M12 17h8"/>'
    '<circle cx="16" cy="7" r="2.500"/><circle cx="9" cy="17" r="2.500"/>',
    "share": '<circle cx="6" cy="12" r="2.500"/><circle cx="17.500" cy="5.500" r="2.500"/>'
    '<circle cx="17.500" cy="18.500" r="2.500"/><path d="M8.200 10.800l7-4M8.200 13.200l7 4"/>',
    "signout": '<path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4"/>',
    "sort": '<path d="M8 4v16M4 16l4 4 4-4M16 20V4M12 8l4-4 4 4"/>',
    "sun": '<circle cx="12" cy="12" r="4"/>'
    '<path d="M12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400"/>',
    "swap": '<path d="M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4"/>',
    "tag": '<path d="M4 4h8l8 8-8 8-8-8z"/><path d="M8.500 8.500v.01"/>',
    "trash": '<path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6"/>',
    "undo": '<path d="M9 14l-5-5 5-5"/><path d="M4 9h10a6 6 0 0 1 0 12h-3"/>',
    "up": '<path d="M5 15l7-7 7 7"/>',
    "upload": '<path d="M12 16V5M7 9l5-5 5 5M4 20h16"/>',
    "view": '<path d="M2.500 12C5 7.500 8.500 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-6 6.500-9.500 6.500S5 16.500 2.500 12z"/><circle cx="12" cy="12" r="3"/>',
}
# Other words people reach for.
SAME: dict[str, str] = {
    "plus": "add", "new": "add", "warning": "alert", "warn": "alert", "error": "alert", "bad": "alert", "ok": "check",
    "done": "check", "accept": "check", "confirm": "approve", "left": "back", "prev": "back", "previous": "back",
    "right": "next", "forward": "next", "chevron-down": "down", "chevron-right": "next", "chevron-left": "back",
    "x": "close", "cancel": "close", "delete": "trash", "remove": "trash", "month": "calendar", "date": "calendar",
    "time": "clock", "late": "clock", "pdf": "file", "document": "file", "doc": "file", "report": "file",
    "xlsx": "excel", "table": "board", "activity": "heart", "activities": "heart", "volunteer": "heart",
    "pencil": "edit", "user": "person", "account": "person", "users": "people", "group": "people",
    "organization": "office", "building": "office", "registry": "office", "notice": "bell", "mail": "note",
    "message": "note", "comment": "note", "eye": "view", "see": "view", "location": "pin", "place": "pin",
    "image": "photo", "star": "record", "logout": "signout", "sign-out": "signout", "language": "globe",
    "world": "globe", "export": "download", "import": "upload", "gear": "settings", "list-settings": "settings",
    "compile": "merge", "reload": "refresh", "retry": "refresh", "reset": "refresh", "question": "help",
    "manual": "help", "book": "help", "empty": "inbox", "remind": "bell", "chase": "bell", "bullhorn": "bell",
}  # fmt: skip


def has(name: str) -> bool:
    """Whether the set knows this name (the project's templates are checked against it)."""
    return SAME.get(name, name) in SHAPES


def icon(name: str) -> SafeString:
    """The icon as inline SVG, hidden from screen readers; an unknown name draws a plain ring."""
    shape = SHAPES.get(SAME.get(name, name), '<circle cx="12" cy="12" r="6"/>')
    return mark_safe(f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{shape}</svg>')  # noqa: S308  # shapes above only
