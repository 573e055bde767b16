"""Weakened copies of a function: each differs from it by one condition less, or turned round.

A proof that stays green on a mutant does not look at what the mutant changed.
"""

import ast
import copy
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator

# Adjectives of a queryset: without one of them, more rows.
ADJECTIVES = {"standing", "suspended", "active", "not_over", "referring"}


def mutants(function: Callable) -> Iterator[tuple[str, Callable]]:
    """What was changed, and the changed function, one by one."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for rank in range(_changes(tree)):
        mutant = copy.deepcopy(tree)
        said = _Change(rank).applied(mutant)
        yield f"{function.__qualname__}: {said}", _compiled(mutant, function)


def _changes(tree: ast.AST) -> int:
    counting = _Change(-1)
    counting.visit(copy.deepcopy(tree))
    return counting.seen


def _compiled(tree: ast.Module, function: Callable) -> Callable:
    place = dict(vars(sys.modules[function.__module__]))
    if "super()" in ast.unparse(tree):
        raise ValueError("a mutant has no class of its own")
    exec(compile(ast.fix_missing_locations(tree), "<mutant>", "exec"), place)  # noqa: S102
    return place[function.__name__]


class _Change(ast.NodeTransformer):
    """Counts the places where something can be weakened; at the one of this rank, does it."""

    def __init__(self, rank: int):
        self.rank, self.seen, self.said = rank, 0, ""

    def applied(self, tree: ast.AST) -> str:
        self.visit(tree)
        return self.said

    def _is_here(self, said: str) -> bool:
        self.seen += 1
        if self.seen - 1 == self.rank:
            self.said = said
        return self.seen - 1 == self.rank

    def visit_FunctionDef(self, node):  # noqa: N802
        node.body = [self.visit(line) for line in node.body]
        return node  # annotations and defaults are left alone

    def visit_BinOp(self, node):  # noqa: N802
        node = self.generic_visit(node)
        for side in (node.left, node.right):
            if self._is_here(f"only « {ast.unparse(side)} »"):
                return side
        return node

    def visit_UnaryOp(self, node):  # noqa: N802
        node = self.generic_visit(node)
        if self._is_here(f"not « {ast.unparse(node)} »"):
            return node.operand
        return node

    def visit_Call(self, node):  # noqa: N802
        node = self.generic_visit(node)
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if called in ADJECTIVES and self._is_here(f"without .{called}()"):
            return node.func.value
        if called in ("Q", "filter"):
            for given in (node.args, node.keywords):
                for rank, one in enumerate(given):
                    if self._is_here(f"without « {ast.unparse(one)} » in {called}"):
                        del given[rank]
                        return node
        return node

    def visit_If(self, node):  # noqa: N802
        node = self.generic_visit(node)
        if self._is_here(f"never « if {ast.unparse(node.test)} »"):
            node.test = ast.NamedExpr(ast.Name("_", ast.Store()), node.test)
            node.test = ast.BoolOp(ast.And(), [node.test, ast.Constant(False)])
        return node

    def visit_IfExp(self, node):  # noqa: N802
        node = self.generic_visit(node)
        for side in (node.body, node.orelse):
            if self._is_here(f"always « {ast.unparse(side)} »"):
                return side
        return node
