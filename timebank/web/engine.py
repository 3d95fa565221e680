"""The template engine, taught two things that a server-rendered site gains from.

*Sentences are put in when a template is compiled.* There is one engine for each language, so what
never changes (our own words, icons, addresses of static files) is text by the time a page is
rendered, and costs nothing any more.

*Calls are plain calls, imports are plain imports.* The stock code generator sends each call through
a helper that looks for functions wanting the engine's context; ours want none, and a page makes
some two hundred calls.
"""

from collections.abc import Callable
from operator import call
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

Constant = Callable[..., str | Markup]


class _Generator(CodeGenerator):
    def visit_Call(  # noqa: N802  # the name is the engine's
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        self.write("environment.call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Most of what is put on a page is markup already: what macros and sentences give."""
        self.write("(out if (out := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(").__class__ is Markup else escape(out))")


class _Folding(NodeTransformer):
    """Puts in what a call of constants gives."""

    def __init__(self, constants: dict[str, Constant]) -> None:
        self._constants = constants

    def visit_Call(self, node: nodes.Call, **_more: Any) -> nodes.Node:  # noqa: N802  # likewise
        self.generic_visit(node)
        called = node.node
        if not isinstance(called, nodes.Name) or called.name not in self._constants:
            return node
        given = [*node.args, *(keyword.value for keyword in node.kwargs)]
        if node.dyn_args or node.dyn_kwargs or not all(isinstance(g, nodes.Const) for g in given):
            return node
        value = self._constants[called.name](
            *(arg.as_const() for arg in node.args),
            **{keyword.key: keyword.value.as_const() for keyword in node.kwargs},
        )
        return nodes.Const(value, lineno=node.lineno)


class _Template(Template):
    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Macros are imported without context, so one module serves every page. The stock method
        compares the globals of two templates first; all of ours are the engine's."""
        if self._module is None:
            self._module = self.make_module()
        return self._module


class Engine(Environment):
    """An environment whose `constants` (functions by name) are called when a template is compiled,
    wherever they are given constants; elsewhere they are called as any function.

    A function that wants the engine's context (`pass_context`) cannot be called in its templates,
    and all of its templates escape.
    """

    code_generator_class = _Generator
    template_class = _Template
    call: Any = staticmethod(call)

    def __init__(self, *, constants: dict[str, Constant], **options: Any) -> None:
        super().__init__(autoescape=True, **options)
        self._folding = _Folding(constants)
        self.globals.update(constants)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None,
        defer_init: bool = False,
    ) -> str:  # fmt: skip
        self._folding.visit(source)
        return super()._generate(source, name, filename, defer_init)
