"""Cut Tabler's stylesheet down to what the kit uses, once, when its version changes.

    python tools/prune_tabler.py node_modules/@tabler/core/dist/css/tabler.css > tabler.pruned.css

Two reasons. The whole sheet is 635 kB where a desk page may weigh 300 kB with everything. And it is written in
`oklch`, `color-mix`, `light-dark` and `:has`, which Chrome 109 and Firefox ESR 115 do not know: each such declaration
is dropped here, and `motcua.css` gives the colours as plain tokens; so are `data:` pictures, which the content
security policy refuses. Variables that are used but no longer defined are listed on standard error, so that none is
forgotten there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LICENCE = "/*! Tabler 1.6.1, MIT, Copyright 2018-2026 The Tabler Authors. Pruned by tools/prune_tabler.py */"
TOO_NEW = re.compile(r"light-dark\(|oklch\(|oklab\b|color-mix\(|url\(|transform 0\.3s")
TOO_NEW_SELECTOR = re.compile(r":has\(|data-bs-theme|\[dir|data-bs-|:autofill|dark-mode")
BREAKPOINTS = r"(?:-(?:sm|md|lg))?"
SIZES = r"(?:0|1|2|3|4|5|auto)"
KEPT_CLASSES = re.compile(
    "^(?:"
    + "|".join(
        [
            "row|col|container|container-(?:fluid|tight|narrow)",
            rf"col{BREAKPOINTS}(?:-(?:auto|\d+))?|offset{BREAKPOINTS}-\d+|order{BREAKPOINTS}-(?:first|last)",
            rf"g[xy]?{BREAKPOINTS}-[0-5]",
            "btn|btn-(?:sm|lg|icon|link|list|group)|disabled|active|show",
            "card|card-(?:body|header|footer|title|subtitle|table|sm|link)",
            "table|table-(?:sm|hover|responsive|vcenter|borderless)|caption-top",
            "form-(?:label|control|select|check|check-input|check-label|check-inline|hint|text|fieldset)",
            "form-(?:control|select)-(?:sm|lg)|form-selectgroup.*|input-group|input-group-text|is-invalid|required|col-form-label",
            "datagrid|datagrid-(?:item|title|content)",
            "list-(?:unstyled|inline|inline-item)|lead|small|h[1-6]|blockquote",
            "visually-hidden|visually-hidden-focusable|stretched-link|vr",
            rf"d{BREAKPOINTS}-(?:none|block|inline|inline-block|flex|inline-flex|grid|print-none|print-block)|d-print-none|d-print-block",
            rf"flex{BREAKPOINTS}-(?:row|column|wrap|nowrap|fill|grow-[01]|shrink-[01])",
            rf"(?:justify-content|align-items|align-self){BREAKPOINTS}-(?:start|end|center|between|baseline|stretch)",
            rf"gap{BREAKPOINTS}-[0-5]|[mp][trblxyse]?{BREAKPOINTS}-{SIZES}",
            "w-(?:25|50|75|100|auto)|h-100|mw-100",
            rf"text{BREAKPOINTS}-(?:start|end|center)|text-(?:nowrap|wrap|break|truncate|decoration-none|reset)",
            "fw-(?:normal|medium|bold)|fs-[1-6]|font-monospace|tabular-nums",
            "border|border-(?:top|bottom|0)|rounded|overflow-(?:auto|hidden)|position-relative|align-(?:top|middle|baseline)",
        ]
    )
    + ")$"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A style rule with its selectors, or an @media with the rules inside it."""

    head: str
    body: str
    inner: tuple[Rule, ...] = ()


def parse(css: str) -> Iterator[Rule]:
    """Yield the rules of a sheet; only @media nests in Tabler's output."""
    position = 0
    while (opening := css.find("{", position)) >= 0:
        head = css[position:opening].rsplit(";", 1)[-1].strip()
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        body = css[opening + 1 : end - 1]
        inner = tuple(parse(body)) if head.startswith("@media") else ()
        yield Rule(head, body, inner)
        position = end


def kept_selectors(head: str) -> list[str]:
    """Return those selectors of the list whose every class is in use and which old browsers read."""
    selectors = [part.strip() for part in re.split(r",(?![^(]*\))", head)]
    return [
        selector
        for selector in selectors
        if not TOO_NEW_SELECTOR.search(selector)
        and all(KEPT_CLASSES.match(name) for name in re.findall(r"\.((?:[\w-]|\\.)+)", selector))
    ]


def prune(rules: Iterator[Rule] | tuple[Rule, ...]) -> Iterator[Rule]:
    """Yield what is kept of the rules, without declarations that old browsers cannot read."""
    for rule in rules:
        if rule.inner:
            inner = tuple(prune(rule.inner))
            if inner:
                yield Rule(rule.head, "", inner)
        elif not rule.head.startswith("@"):
            selectors = kept_selectors(rule.head)
            lines = [line.strip() for line in re.split(r";(?![^(]*\))", rule.body)]
            lines = [line for line in lines if line and not TOO_NEW.search(line)]
            if selectors and lines:
                yield Rule(",".join(selectors), ";".join(lines))


def text(rules: list[Rule] | tuple[Rule, ...]) -> str:
    """Write the rules without needless spaces."""
    parts = []
    for rule in rules:
        body = text(rule.inner) if rule.inner else re.sub(r"\s*:\s+", ":", re.sub(r"\s+", " ", rule.body))
        parts.append(f"{' '.join(rule.head.split())}{{{body}}}")
    return "\n".join(parts)


def without_unused_variables(css: str) -> str:
    """Drop variables that nothing reads, again and again, since one may be read only by another."""
    while True:
        used = set(re.findall(r"var\((--[\w-]+)", css))
        unused = set(re.findall(r"(--[\w-]+):", css)) - used
        if not unused:
            return re.sub(r"[^{}\n]+\{\}\n?", "", css)
        for name in unused:
            css = re.sub(rf"(?<![\w-]){re.escape(name)}:[^;{{}}]*;?", "", css)


def main() -> int:
    """Read the sheet named on the command line, write the pruned one to standard output."""
    source = Path(sys.argv[1]).read_text(encoding="utf-8")
    css = without_unused_variables(text(list(prune(parse(re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL))))))
    defined = set(re.findall(r"(--[\w-]+):", css))
    missing = sorted(set(re.findall(r"var\((--[\w-]+)", css)) - defined)
    sys.stdout.write(f"{LICENCE}\n{css}\n")
    sys.stderr.write("to be defined in motcua.css: " + " ".join(missing) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
