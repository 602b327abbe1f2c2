"""House rules that no linter has, each a function from a module's source to what is wrong with it."""

import ast
import re
from collections.abc import Callable, Iterator

Rule = Callable[[str], Iterator[str]]
MODULE_LINES = 400
FUNCTION_LINES = 50
FORBIDDEN_ENDINGS = ("Service", "Manager", "Helper", "Util", "Utils")
DOMAIN_NOUNS = re.compile(
    r"\b(kpis?|administrations?|submissions?|cycles?|dimensions?|scores?|evidence|customs|disclosures?)\b",
    re.IGNORECASE,
)


def error_codes(source: str) -> Iterator[str]:
    """The codes of the problems and findings that a module makes."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id="ProblemError" | "Finding"), args=[ast.Constant(value=str(code)), *_]):
                yield code


def opens_with_a_docstring(source: str) -> Iterator[str]:
    """Every module says in one sentence what it is for."""
    if not ast.get_docstring(ast.parse(source)):
        yield "the module has no docstring"


def is_of_good_size(source: str) -> Iterator[str]:
    """Modules and functions stay readable."""
    lines = source.count("\n")
    if lines > MODULE_LINES:
        yield f"the module has {lines} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{node.name} has {length} lines"


def names_classes_by_what_they_are(source: str) -> Iterator[str]:
    """No class is a Service, Manager, Helper or Util."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and node.name.endswith(FORBIDDEN_ENDINGS) and node.name not in ALLOWED_NAMES:
            yield f"the class name {node.name} says nothing"


ALLOWED_NAMES: frozenset[str] = frozenset()


def knows_no_domain_noun(source: str) -> Iterator[str]:
    """The service kit is plumbing."""
    for number, line in enumerate(source.splitlines(), start=1):
        found = DOMAIN_NOUNS.search(line)
        if found:
            yield f"line {number} speaks of {found.group()}"


def says_which_error_it_expects(source: str) -> Iterator[str]:
    """`pytest.raises` always has `match=`."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) != "pytest.raises":
            continue
        if not any(keyword.arg == "match" for keyword in node.keywords):
            yield f"line {node.lineno}: pytest.raises without match"


def waits_by_polling(source: str) -> Iterator[str]:
    """A test waits with a deadline, in a loop; a lone sleep is a guess."""
    tree = ast.parse(source)
    inside = {id(child) for loop in ast.walk(tree) if isinstance(loop, ast.While | ast.For) for child in ast.walk(loop)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("time.sleep", "sleep") and id(node) not in inside:
            yield f"line {node.lineno}: sleeps outside a polling loop"


def does_no_work_on_import(source: str) -> Iterator[str]:
    """Importing a module opens no connection, file or process."""
    effects = {"open", "create_engine", "build_engine", "KafkaConsumer", "KafkaProducer", "Popen", "run", "connect"}
    for statement in ast.parse(source).body:
        value = getattr(statement, "value", None)
        if isinstance(statement, ast.Assign | ast.Expr | ast.AnnAssign) and isinstance(value, ast.Call):
            name = ast.unparse(value.func).split(".")[-1]
            if name in effects:
                yield f"line {statement.lineno}: calls {name} on import"
