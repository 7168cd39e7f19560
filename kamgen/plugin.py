"""The MkDocs plugin: hands kamgen's pages to MkDocs. The only file that imports mkdocs, and thin on purpose."""

from __future__ import annotations

import html
import logging
import os
import re
import shutil
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from jinja2 import TemplateSyntaxError
from mkdocs.config import config_options
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import TemplateContext

from kamgen import pages, project
from kamgen.build import AS_OF, HISTORY
from kamgen.errors import KamgenError
from kamgen.exchange.calendar import calendars
from kamgen.model.values import parse_day
from kamgen.pages import Page, Site, searching
from kamgen.pages.redirect import redirects
from kamgen.pages.slips import Target, target_of
from kamgen.read.repository import commit
from kamgen.rules.course import courses
from kamgen.rules.engine import at_or_above

log = get_plugin_logger("kamgen")

_Made = TypeVar("_Made")

THEME = Path(__file__).parent / "theme"


# Addresses that kamgen's own pages take, now or later: a playbook page there would be lost.
RESERVED = frozenset(
    {
        "accounts",
        "people",
        "actions",
        "reviews",
        "programme",
        "signals",
        "pipeline",
        "findings",
        "rules",
        "audit",
        "reading",
    }
)
_HEADING = re.compile(r'<h([23])[^>]*?\bid="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


class _SlipsOption(BaseConfigOption[Target | None]):
    """Where slips are sent: one of `github`, `gitlab` and `email`, or nothing."""

    def run_validation(self, value: object) -> Target | None:
        try:
            return None if value is None else target_of(value)
        except KamgenError as error:
            raise ValidationError(str(error)) from error


class KamgenConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options, beside those that MkDocs gives to every plugin (`enabled`).

    `history`: each build tells how the accounts stood over the last twelve months, as `kamgen build --history` does.
    `slips`: where the forms stand that the links beside actions, goals and contacts open; without it there are none.
    """

    history = config_options.Type(bool, default=False)
    slips = _SlipsOption()


class KamgenPlugin(BasePlugin[KamgenConfig]):  # type: ignore[no-untyped-call]
    """Reads and judges the workspace at each build and adds its pages. Keeps nothing between builds."""

    site: Site
    pages: Mapping[str, Page]
    built: datetime
    serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """While somebody writes a page, a mistake in its macros must not end `serve`."""
        self.serving = command == "serve"
        macros = logging.getLogger("mkdocs.plugins.mkdocs_macros.util")
        macros.setLevel(logging.WARNING)
        macros.addFilter(_macro_mistake)

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Our style and script, and nothing that asks another host: no fonts, no count of stars."""
        if config.theme.name == "material":
            if "font" not in _own_theme_keys(config):
                config.theme["font"] = False
            _put_in_front_of_theme(config)
        for address, listing in ((pages.STYLE, config.extra_css), (pages.SCRIPT, config.extra_javascript)):
            if address not in listing:
                listing.insert(0, address)  # before the workspace's own, which have the last word
        _let_phrases_be_found(config)
        if self.serving and (macros := config.plugins.get("macros")):
            macros.config["on_error_fail"] = False
        for folder in (str(_root(config) / "accounts"), config.theme.custom_dir):
            if folder and folder not in config.watch:
                config.watch.append(folder)
        return config

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """A rebuild that fails leaves the last good site standing; MkDocs alone would answer nobody any more."""
        server.builder = partial(_rebuild, server.builder, Path(server.root))
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Check the workspace, tell the findings, and add the pages."""
        root = _root(config)
        checked = self._checked(root, config)
        self.built = _build_time()
        self.site = self._site(checked, config)
        _tell(checked)
        self.pages = _in_one_line(_pages, self.site)
        _keep_data_private(files, self.site.overrides)
        _refuse_taken(files)
        for src_uri in self.pages:
            files.append(File.generated(config, src_uri, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        for address, content in pages.assets().items():
            files.append(File.generated(config, address, content=content))
        for address, content in redirects(self.site):
            files.append(File.generated(config, f"{address}index.html", content=content))
        for address, calendar in calendars(self.site, config.site_url or ""):
            files.append(File.generated(config, address, content=calendar))
        for address, source in _attachments(self.site, root):
            files.append(File.generated(config, address, abs_src_path=str(source)))
        self._stamp(config, commit(root))
        return files

    def _checked(self, root: Path, config: MkDocsConfig) -> project.Checked:
        address = f"{config.site_url.rstrip('/')}/rules/" if config.site_url else ""
        return _in_one_line(lambda: project.check_workspace(root, _clock(), help_base=address))

    def _site(self, checked: project.Checked, config: MkDocsConfig) -> Site:
        """The site's values; how the accounts stood over the year is worked out only where that is asked for."""
        own = _edit_base(config), _overrides(config), self.config.slips
        asked = self.config.history or os.environ.get(HISTORY)
        over_time = courses(checked.portfolio, checked.findings) if asked else {}
        return Site(checked.portfolio, tuple(checked.findings), *own, courses=over_time)

    def _stamp(self, config: MkDocsConfig, commit_id: str) -> None:
        """What differs in every build stands in the footer, outside what a page is made of."""
        moment = self.built.strftime("%Y-%m-%dT%H:%M:%SZ")
        source = f" from commit <code>{html.escape(commit_id)}</code>" if commit_id else ""
        stamp = (
            f'<span class="kg-stamp">Built <time class="kg-built" datetime="{moment}">'
            f"{self.built:%Y-%m-%d %H:%M} UTC</time>{source}.</span>"
        )
        own = config.copyright or ""
        config.copyright = re.sub(r'<span class="kg-stamp">.*?</span>$', "", own) + stamp

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Nothing for Markdown or macros to do: an account's text must never pass through them."""
        if page.file.src_uri not in self.pages:
            return markdown
        page.meta["render_macros"] = False
        return ""

    @event_priority(100)
    def on_page_content(self, content: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """The page's own HTML, its title (which the theme prints as it is) and its table of contents."""
        ours = self.pages.get(page.file.src_uri)
        if ours is None:
            return content
        page.title = html.escape(ours.title)
        hidden = ["navigation", "toc"] if ours.wide else ["navigation"]  # room for tables; the tabs lead everywhere
        page.meta = {
            "title": page.title,
            "description": html.escape(ours.description),
            "hide": hidden,
            "search": {"boost": ours.boost},
        }
        page.toc = get_toc(_toc_tokens(ours.html))
        return ours.html

    @event_priority(100)
    def _before_search(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """The link that edits the very file; and for the search, which parses every tag, the words without the rest."""
        ours = self.pages.get(page.file.src_uri)
        if ours is not None:
            base = self.site.edit_base
            page.edit_url = f"{base}{quote(ours.edit)}" if base and ours.edit else None
            page.content = searching.words_of(ours)
        return context

    @event_priority(-100)
    def _after_search(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        ours = self.pages.get(page.file.src_uri)
        if ours is not None:
            page.content = ours.html
        return context

    on_page_context = CombinedEvent(_before_search, _after_search)


def _put_in_front_of_theme(config: MkDocsConfig) -> None:
    """Our templates before the theme's and after the workspace's own `custom_dir`."""
    ours, dirs = str(THEME), config.theme.dirs
    if ours not in dirs:
        dirs.insert(1 if config.theme.custom_dir else 0, ours)


def _macro_mistake(record: logging.LogRecord) -> bool:
    """A mistake on a playbook page in one line, where the macros plugin would log a traceback of its own."""
    error = sys.exc_info()[1]
    page = re.search(r"_File_: `(.+?)`", record.getMessage())
    if error is not None and page:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
        line = error.lineno if isinstance(error, TemplateSyntaxError) else next(reversed(lines), None)
        where = f", line {line} of its text" if line else ""
        record.msg, record.args = f"kamgen: the playbook page {page[1]}{where}: {' '.join(str(error).split())}", ()
    return True


def _rebuild(build: Callable[[], None], site_dir: Path) -> None:
    """Build in place of the site that is served; when that fails, put it back and say so."""
    last_good = site_dir.with_name(f"{site_dir.name}.last")
    site_dir.rename(last_good)
    try:
        build()
    except (Exception, SystemExit) as error:
        if not isinstance(error, Abort | SystemExit):  # these were told where they arose
            log.error("%s", error, exc_info=not isinstance(error, MkDocsException))
        shutil.rmtree(site_dir, ignore_errors=True)
        last_good.rename(site_dir)
        log.error("The site was not rebuilt; what stood there before is still shown.")
    finally:
        shutil.rmtree(last_good, ignore_errors=True)


def _let_phrases_be_found(config: MkDocsConfig) -> None:
    """Tell Material's search to pass over small English words, and not to take one word of a heading for more than a
    whole sentence in a text. What the workspace's own mkdocs.yml says of `separator` and `fields` stays.
    """
    search = config.plugins.get("material/search")
    if search is None:
        return
    search.config["fields"].setdefault("title", {"boost": searching.TITLE_BOOST})
    if search.config["separator"] or config.theme["language"] != "en":
        return
    search.config["separator"] = searching.SEPARATOR


def _overrides(config: MkDocsConfig) -> tuple[Path, ...]:
    """The folders whose templates stand before kamgen's: `kamgen/` in `custom_dir`, and in a theme made from ours."""
    folders = [Path(folder).resolve() / "kamgen" for folder in config.theme.dirs if folder != str(THEME)]
    return tuple(folder for folder in folders if folder.is_dir())


def _in_one_line(work: Callable[..., _Made], *values: Any) -> _Made:
    """What comes of some work; a mistake of the user's ends the build with one line."""
    try:
        return work(*values)
    except KamgenError as error:
        raise PluginError(f"kamgen: {error}") from error


def _root(config: MkDocsConfig) -> Path:
    return Path(config.docs_dir).resolve().parent


def _own_theme_keys(config: MkDocsConfig) -> Iterable[str]:
    theme = config.user_configs[-1].get("theme") if config.user_configs else None
    return theme if isinstance(theme, dict) else ()


def _pages(site: Site) -> dict[str, Page]:
    """The pages, by the names under which MkDocs knows them."""
    return {f"{page.address}index.md": page for page in pages.all_pages(site)}


def _clock() -> project.Clock:
    return project.Clock(datetime.now(UTC), _day(os.environ.get(AS_OF)), _epoch())


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        raise KamgenError(f'{AS_OF} is "{text}": {error}.') from error


def _epoch() -> int | None:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdigit() else None


def _build_time() -> datetime:
    epoch = _epoch()
    return datetime.fromtimestamp(epoch, UTC) if epoch is not None else datetime.now(UTC)


def _edit_base(config: MkDocsConfig) -> str:
    """The address that edits a file of the workspace: `repo_url` and `edit_uri` without the last folder, `docs_dir`."""
    if not config.repo_url or not config.edit_uri:
        return ""
    uri: str = config.edit_uri
    base = uri if "://" in uri else f"{config.repo_url.rstrip('/')}/{uri.lstrip('/')}"
    folder = Path(config.docs_dir).name
    return base.rstrip("/").removesuffix(f"/{folder}") + "/"


def _tell(checked: project.Checked) -> None:
    """Findings that fail a check are warnings, which `--strict` counts; the others are told for information."""
    failing = {finding.id for finding in at_or_above(checked.findings, checked.portfolio.settings.fail_on)}
    for finding in checked.findings:
        if finding.suppressed:
            continue
        say = log.warning if finding.id in failing else log.info
        place = finding.place
        say("%s:%s:%s: %s %s", place.path, place.line, place.column, finding.code, finding.text)
    log.info("%s", project.summary_of(checked))


def _keep_data_private(files: Files, overrides: Iterable[Path]) -> None:
    """The playbook's YAML files are data, and pictures among templates are templates; MkDocs would publish them."""
    for file in list(files):
        template = any(Path(file.abs_src_path or "").is_relative_to(folder) for folder in overrides)
        if template or file.src_uri.endswith((".yml", ".yaml")):
            files.remove(file)


def _refuse_taken(files: Files) -> None:
    for file in files.documentation_pages():
        top = file.url.strip("./").partition("/")[0]
        if top in RESERVED or file.url in ("", "./", "index.html"):
            raise PluginError(
                f"kamgen: the playbook page {file.src_uri} would stand at an address of kamgen's own "
                f'("/{top}{"/" if top else ""}"). Give it another name.'
            )


def _attachments(site: Site, root: Path) -> Iterable[tuple[str, Path]]:
    return [(address, root / path) for address, path in pages.attachments(site)]


def _toc_tokens(content: str) -> list[Any]:
    """The table of contents from the page's own headings, thirds below seconds."""
    tokens: list[Any] = []
    for level, anchor, title in _HEADING.findall(content):
        name = _TAG.sub("", title).strip()
        token = {"level": int(level), "id": anchor, "name": name, "children": []}
        siblings = tokens[-1]["children"] if level == "3" and tokens else tokens
        siblings.append(token)
    return tokens
