"""The nodes of a framework together with their location in the document."""

from framework_spec.document import AggregateNode, Framework, Kpi
from framework_spec.problems import Location

LocatedNodes = list[tuple[Location, AggregateNode | Kpi]]


def located_nodes(framework: Framework) -> LocatedNodes:
    """List all nodes in document order, each with its location."""
    found: LocatedNodes = []
    pending: LocatedNodes = [(("root",), framework.root)]
    while pending:
        location, node = pending.pop()
        found.append((location, node))
        if isinstance(node, AggregateNode):
            inner = [((*location, "children", place), child) for place, child in enumerate(node.children)]
            pending.extend(reversed(inner))
    return found
