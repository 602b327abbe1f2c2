"""How a push is meant: whether the file adds or replaces, what becomes of good rows beside bad ones, or a rehearsal."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from answer_intake.scoping import Scope, UnknownScopeError
from framework_spec.document import Framework
from service_kit.errors import Kind, ProblemError

Mode = Literal["merge", "replace", "delete"]
OnError = Literal["refuse_all", "take_good"]


@dataclass(frozen=True)
class PushOptions:
    """The options of a push. `scope` names what is replaced, or deleted without any file."""

    mode: Mode = "merge"
    scope: str | None = None
    on_error: OnError = "refuse_all"
    dry_run: bool = False

    def require_sense(self) -> None:
        """Refuse options that do not go together.

        Raises:
            ProblemError: `answers.scope_required`, `answers.scope_without_replace`, `answers.replace_takes_all` (422).
        """
        if self.mode != "merge" and self.scope is None:
            raise ProblemError(
                "answers.scope_required",
                Kind.INVALID,
                "Say what is to go: scope=all, scope=year:2024, scope=input:CODE or scope=node:CODE.",
                french="Dites ce qui doit partir : scope=all, scope=year:2024, scope=input:CODE ou scope=node:CODE.",
            )
        if self.mode == "merge" and self.scope is not None:
            raise ProblemError(
                "answers.scope_without_replace",
                Kind.INVALID,
                "A scope says what is replaced. Add mode=replace, or leave the scope out.",
                french="Une portée dit ce qui est remplacé. Ajoutez mode=replace, ou omettez la portée.",
            )
        if self.mode == "replace" and self.on_error == "take_good":
            raise ProblemError(
                "answers.replace_takes_all",
                Kind.INVALID,
                "With mode=replace a row that is wrong would delete what it was to replace. Mend all rows, or merge.",
                french="Avec mode=replace, une ligne fausse supprimerait ce qu'elle devait remplacer. Corrigez toutes "
                "les lignes, ou omettez mode=replace.",
            )

    @property
    def said(self) -> dict[str, Any]:
        """What differs from the usual, as JSON."""
        usual = asdict(PushOptions())
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    def wanted_scope(self, framework: Framework) -> Scope:
        """The scope.

        Raises:
            ProblemError: `answers.unknown_scope` (422).
        """
        name = self.scope or ""
        try:
            return Scope.of(name, framework)
        except UnknownScopeError as error:
            shown = name.encode("ascii", "replace").decode()[:100]
            hint = f" Did you mean {' or '.join(error.like)}?" if error.like else ""
            meant = f" Vouliez-vous dire {' ou '.join(error.like)} ?" if error.like else ""
            raise ProblemError(
                "answers.unknown_scope",
                Kind.INVALID,
                f"This framework has no scope {shown}: write all, year:2024, input:CODE or node:CODE.{hint}",
                french=f"Ce cadre n'a pas de portée {shown} : écrivez all, year:2024, input:CODE ou node:CODE.{meant}",
            ) from None
