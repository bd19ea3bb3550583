from __future__ import annotations
import a.b.c, d as e, f.g as h
from .. import i
from .j import k as l, m
from n import *
def o(p: list[int]) -> None: pass
