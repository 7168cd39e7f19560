"""The MkDocs plugin: hands kamgen's pages to MkDocs. The only file that imports mkdocs, and thin on purpose."""

from __future__ import annotations

import html
import logging
import os
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import TemplateContext

from kamgen import pages, project
from kamgen.build import AS_OF
from kamgen.errors import KamgenError
from kamgen.model.values import parse_day
from kamgen.pages import Page, Site
from kamgen.read.repository import commit
from kamgen.rules.engine import at_or_above

log = get_plugin_logger("kamgen")

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
    }
)
_HEADING = re.compile(r'<h([23])[^>]*?\bid="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LEFT_OUT = re.compile(r"<table\b[^>]*\bdata-search-exclude\b[^>]*>.*?</table>|<svg\b.*?</svg>", re.DOTALL)
_DRESS = re.compile(r"</?(?:a|abbr|b|br|em|small|span|strong|time|table|thead|tbody|tr|th|td|dl|dt|dd)\b[^>]*>")


class KamgenConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin has no options yet but those that MkDocs gives to every plugin (`enabled`)."""


class KamgenPlugin(BasePlugin[KamgenConfig]):  # type: ignore[no-untyped-call]
    """Reads and judges the workspace at each build and adds its pages. Keeps nothing between builds."""

    site: Site
    pages: Mapping[str, Page]
    built: datetime
    serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """While somebody writes a page, a mistake in its macros must not end `serve`."""
        self.serving = command == "serve"
        logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Our style and script, and nothing that asks another host: no fonts, no count of stars."""
        if config.theme.name == "material":
            if "font" not in _own_theme_keys(config):
                config.theme["font"] = False
            _put_in_front_of_theme(config)
        for address, listing in ((pages.STYLE, config.extra_css), (pages.SCRIPT, config.extra_javascript)):
            if address not in listing:
                listing.append(address)
        if self.serving and (macros := config.plugins.get("macros")):
            macros.config["on_error_fail"] = False
        root = str(_root(config) / "accounts")
        if root not in config.watch:
            config.watch.append(root)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Check the workspace, tell the findings, and add the pages."""
        root = _root(config)
        checked = self._checked(root, config)
        self.built = _build_time()
        self.site = Site(checked.portfolio, tuple(checked.findings), _edit_base(config))
        self.pages = {f"{page.address}index.md": page for page in pages.all_pages(self.site)}
        _tell(checked)
        _keep_data_private(files)
        _refuse_taken(files)
        for src_uri in self.pages:
            files.append(File.generated(config, src_uri, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        for address, content in pages.assets().items():
            files.append(File.generated(config, address, content=content))
        for address, source in _attachments(self.site, root):
            files.append(File.generated(config, address, abs_src_path=str(source)))
        self._stamp(config, commit(root))
        return files

    def _checked(self, root: Path, config: MkDocsConfig) -> project.Checked:
        asked = os.environ.get(AS_OF)
        try:
            clock = project.Clock(datetime.now(UTC), _day(asked), _epoch())
            address = f"{config.site_url.rstrip('/')}/rules/" if config.site_url else ""
            return project.check_workspace(root, clock, help_base=address)
        except KamgenError as error:
            raise PluginError(f"kamgen: {error}") from error

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
            page.content = _words_only(ours.html)
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


def _root(config: MkDocsConfig) -> Path:
    return Path(config.docs_dir).resolve().parent


def _own_theme_keys(config: MkDocsConfig) -> Iterable[str]:
    theme = config.user_configs[-1].get("theme") if config.user_configs else None
    return theme if isinstance(theme, dict) else ()


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


def _keep_data_private(files: Files) -> None:
    """The playbook's YAML files are data; MkDocs would publish them as they are."""
    for file in list(files):
        if file.src_uri.endswith((".yml", ".yaml")):
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


def _words_only(content: str) -> str:
    """A page's HTML without what the search leaves out anyway and without tags that only dress words.

    Material's search reads HTML with a slow parser: on pages full of tables this halves a build's time.
    """
    return _DRESS.sub(" ", _LEFT_OUT.sub(" ", content))


def _toc_tokens(content: str) -> list[Any]:
    """The table of contents from the page's own headings, thirds below seconds."""
    tokens: list[Any] = []
    for level, anchor, title in _HEADING.findall(content):
        name = _TAG.sub("", title).strip()
        token = {"level": int(level), "id": anchor, "name": name, "children": []}
        siblings = tokens[-1]["children"] if level == "3" and tokens else tokens
        siblings.append(token)
    return tokens
