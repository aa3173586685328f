"""Một cửa, one door: the open platform on which a province carries out its administrative reform.

Four wings, printed from high to low; each may use only what stands below it: `site`, `service`, `foundation`
(`steering` and `office` come with their first room). Read a wing's docstring, then a room's; the developer's guide
in `docs/` walks one dossier through all of them.
"""
__version__ = "0.1.0"
