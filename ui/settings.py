"""A page's settings: kept in the session, written in the address, read from it.

While a film plays, the browser sends asks all the time, each with every widget's value and the address as the browser knows
them. Such a message may have set out before our last answer arrived. So widgets that we set get new keys (an old value for
an old key says nothing), and for a moment an address that we have just replaced counts as old news.
"""

import re
from collections.abc import Callable, Collection, Mapping
from time import monotonic
from typing import Any, Generic, TypeVar

import streamlit as st

from ann_core import explain
from ann_core.run.forks import NAME as BRANCH

GRACE = 3.0
"""Seconds for which the browser may still name an address that we have replaced."""

VIEW, IDEA, EPOCH = "view", "idea", "epoch"
"""What the view is called in an address, in a lesson's the idea, and the epoch at which its film is to stand."""

T = TypeVar("T")
Refusals = list[tuple[str, str]]


def _query() -> dict[str, str]:
    return {key: st.query_params[key] for key in st.query_params}


def _of_another_page(query: dict[str, str], own: Collection[str]) -> bool:
    """Whether the browser still names an address that another page wrote; links bring others. own: names of this page's
    settings"""
    names = [f"{page}/address" for page in own]
    return query in [st.session_state[key] for key in st.session_state if str(key).endswith("/address") and key not in names]


def _moved(page: str) -> bool:
    """Whether the browser names another address than the one that these settings wrote, and not old news."""
    query, get = _query(), st.session_state.get
    if get(f"{page}/address") == query:
        return False
    return not any(old == query and monotonic() - since < GRACE for old, since in get(f"{page}/old_addresses", ()))


def view_asked_for(pages: Collection[str]) -> str | None:
    """The view that an address names which was opened just now: a link, or Back and Forward. "" for the one without a name;
    None when no address was opened. pages: the names of the settings of all views of this page"""
    query, present = _query(), st.session_state.get("page", "")
    opened = _moved(present) if present in pages else query and not _of_another_page(query, pages)
    return query.get(VIEW, "") if opened else None


def _epoch(text: str) -> float | None:
    """An epoch in an address; None where it is none. A later one than the film has is its end."""
    return float(text) if re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,6})?", text) else None


def settings_of(page: str) -> Any:
    """The settings of another page as it was left; None when it was not opened yet."""
    return st.session_state.get(f"{page}/settings")


def without_settings(page: str) -> None:
    """This page is on the screen now and has none: who goes back to another one finds that as it was left."""
    st.session_state["page"] = page


class PageSettings(Generic[T]):
    """The settings of one page, of any kind that can be written in an address and read from it.

    All state lives in the visitor's session, under names that begin with the page's.
    """

    def __init__(self, page: str, read: Callable[[Mapping[str, str]], tuple[T, list[str]]],
                 write: Callable[[T], dict[str, str]], view: str | None = None, branches: bool = False):
        """view: of a page that shows one of several views, each with settings of its own, the name of the one they belong to,
        which stands in its address; None for the one that is shown without a name   branches: whether branches of its runs
        stand in the address, too; the page then calls `write_branches` once it knows them"""
        self.page, self._read, self._write, self._view, self._branches = page, read, write, view, branches
        self.moved = False
        """Whether `current` has just read other settings from the address."""

    def _get(self, name: str, usual: Any = None) -> Any:
        return st.session_state.get(f"{self.page}/{name}", usual)

    def _set(self, **values: Any) -> None:
        st.session_state.update({f"{self.page}/{name}": value for name, value in values.items()})

    @property
    def value(self) -> T:
        """The settings in force."""
        return self._get("settings")

    def key(self, name: str) -> str:
        """The key of a widget; another one each time the settings are set as a whole."""
        return f"{self.page}/set{self._get('generation', 0)}/{name}"

    def apply(self, value: T) -> None:
        """Make these the settings, and let the widgets show them. Call it before the widgets are drawn, or in a callback."""
        for key in [key for key in st.session_state if str(key).startswith(self.key(""))]:
            del st.session_state[key]
        self._set(generation=self._get("generation", 0) + 1, settings=value)

    def address(self, value: T) -> dict[str, str]:
        """What stands in the address for these settings."""
        return ({VIEW: self._view} if self._view else {}) | self._write(value)

    def open(self, value: T) -> None:
        """As `apply`, for settings that have nothing to do with those before: an example, a scene, another address."""
        self.apply(value)
        self._set(opened=self.opened + 1, moment=None)

    @property
    def opened(self) -> int:
        """How often settings were opened so far."""
        return self._get("opened", 0)

    @property
    def moment(self) -> dict[str, Any]:
        """For a player: the epoch that was opened with the settings, if any, and how often settings were opened."""
        return {"opened": self.opened, "epoch": self._get("moment")}

    @property
    def branches(self) -> dict[str, str]:
        """The part of the address that is about branches."""
        return self._get("branch_query", {})

    def branches_asked_for(self) -> dict[str, str] | None:
        """That part of an address that was opened just now; None when none was, or once branches were written."""
        return self._get("branches_asked")

    def write_branches(self, query: dict[str, str]) -> None:
        """Puts settings and branches in the address bar."""
        self._set(branch_query=query, branches_asked=None)
        self._address(self.value)

    def attempt(self, make: Callable[[], T]) -> None:
        """As `apply`, in a callback; when the settings are refused, keep the ones before and say why on the next run."""
        try:
            self.apply(make())
        except ValueError as error:
            self.apply(self.value)  # the widgets go back too
            self._set(refused=explain(error))

    def current(self) -> tuple[T, list[str]]:
        """The settings in force, and what is to be said about the link they came from."""
        arrived = st.session_state.get("page") != self.page
        st.session_state["page"] = self.page
        query, self.moved = _query(), False
        if arrived:
            self._set(old_addresses=[])  # from before the visitor left
            query = {} if _of_another_page(query, [self.page]) else query
        if self.value is not None and arrived and not query:
            self._address(self.value)  # back on this page: as it was left
        elif self.value is None or self.address_moved():
            self.moved = self.value is not None
            others = (VIEW, IDEA) if self._view else (VIEW,)  # a lab has no ideas, a link may have been put together by hand
            branches = {name: text for name, text in query.items() if self._branches and BRANCH.fullmatch(name)}
            value, notes = self._read({name: text for name, text in query.items() if name not in (*others, EPOCH, *branches)})
            self.open(value)
            self._set(branch_query=branches, branches_asked=branches)
            self._set(link_notes=notes, moment=_epoch(query.get(EPOCH, "")))
            self._address(value)
        return self.value, self._get("link_notes", [])

    def accept(self, make: Callable[[], T]) -> tuple[T, Refusals]:
        """The settings that the widgets say; when they are refused, the ones before, with (field, reason) pairs."""
        try:
            value = make()
        except ValueError as error:
            return self.value, explain(error)
        self._set(settings=value)
        if not self._branches:
            self._address(value)
        return value, st.session_state.pop(f"{self.page}/refused", [])

    def no_notes(self) -> None:
        """What was to be said about the link no longer holds."""
        self._set(link_notes=[])

    def address_moved(self) -> bool:
        """Whether the browser names an address other than ours: a link was opened, or the back button pressed."""
        return _moved(self.page)

    def trust_address(self) -> None:
        """The browser says that its visitor went back or forward: an old address is no old news then."""
        self._set(old_addresses=[])

    def _address(self, value: T) -> None:
        """Put the settings in the address bar, so that copying it reproduces the run."""
        query, now = self.address(value) | self.branches, monotonic()
        if self._get("address") == query and not self.address_moved():
            return
        recent = [(old, since) for old, since in self._get("old_addresses", ()) if now - since < GRACE]
        self._set(old_addresses=[*recent, (self._get("address"), now), (_query(), now)], address=query)
        st.query_params.from_dict(query)
