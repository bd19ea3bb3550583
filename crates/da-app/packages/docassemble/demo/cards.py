# do not pre-load
"""Cards of Bootstrap around parts of a screen: what opens one, and what closes it."""
import re

__all__ = ['card_start', 'card_end']

COLORS = frozenset(['primary', 'secondary', 'success', 'danger', 'warning', 'info', 'light', 'dark', 'link'])
STYLES = {'fas': 'fa-solid', 'far': 'fa-regular', 'fab': 'fa-brands'}


def _icon(name):
    """The mark of an icon: its name alone, or with its style before it (`fab-fa-github`)."""
    styled = re.match(r'(fa[a-z])[- ]fa-(.+)', name)
    style, name = (styled.group(1), styled.group(2)) if styled else ('fas', name)
    return '<i class="{} fa-{}"></i> '.format(STYLES.get(style, style), name)


def card_start(label, color=None, icon=None):
    color = ' text-bg-' + color if color in COLORS else ''
    title = ('' if icon is None else _icon(str(icon))) + str(label)
    return ('<div class="card' + color + ' mb-3" markdown="span"><div class="card-body" markdown="1">'
            '<h2 class="card-title h4" markdown="span">' + title + '</h2>')


def card_end():
    return '</div>' * 2
