"""A graph of legal instruments: what amended and what replaced what, over the years."""

from __future__ import annotations

import figures as fig
import matplotlib.pyplot as plt
import networkx as nx
from matplotlib.lines import Line2D

LEVEL = 0.95  # height between instruments of one family that would touch each other beside one another
BAND = 1.25  # height of a family
APART = 2  # years of the axis that a label takes


def draw(graph: nx.DiGraph, title: str, *, most: int = 8, empty: str = "There is nothing to draw.") -> None:
    """Instruments by year, one band per family: an arrow leads from an instrument to what amended it or replaced it.

    Args:
        graph: nodes with name, year and decrees (how many cite it; 0: only the register names it); edges with kind (amended |
            replaced) and sure.
        title: what is seen.
        most: families drawn, those cited most first.
        empty: said where there is no arrow.
    """
    families = [
        sorted(f, key=lambda n: (graph.nodes[n]["year"], n)) for f in nx.weakly_connected_components(graph) if len(f) > 1
    ]
    families.sort(key=lambda f: (-sum(graph.nodes[n]["decrees"] for n in f), f))
    if not families:
        fig.say(empty)
        return
    drawn_families = families[:most]
    years = sorted({graph.nodes[node]["year"] for family in drawn_families for node in family})
    places, bands, top = {}, [], 0.0
    for family in drawn_families:
        levels: list[int] = []  # of each level of the band, the place of its last instrument
        for node in family:
            x = years.index(graph.nodes[node]["year"])
            level = next((n for n, last in enumerate(levels) if x - last >= APART), len(levels))
            levels[level : level + 1] = [x]
            places[node] = (x, -(top + level * LEVEL))
        bands.append(-(top - BAND / 2))
        top += (len(levels) - 1) * LEVEL + BAND
    drawn = graph.subgraph(places)
    _, axes = plt.subplots(figsize=(fig.WIDE, 1.4 + 0.55 * top))
    for height in bands[1:]:
        axes.axhline(height, color="#E4E4E4", linewidth=1)
    sizes = [60 + 240 * (drawn.nodes[n]["decrees"] / max(1, max(d for _, d in drawn.nodes(data="decrees")))) for n in drawn]
    fills = [fig.SURE if drawn.nodes[n]["decrees"] else "white" for n in drawn]
    for kind, colour in (("amended", fig.SURE), ("replaced", fig.WRONG)):
        for sure in (True, False):
            edges = [(a, b) for a, b, about in drawn.edges(data=True) if (about["kind"], about["sure"]) == (kind, sure)]
            nx.draw_networkx_edges(
                drawn, places, edges, ax=axes, node_size=sizes, edge_color=colour, width=1.3,
                style="solid" if sure else (0, (2, 3)), connectionstyle="arc3,rad=-0.1", arrowsize=11,
            )  # fmt: skip
    nx.draw_networkx_nodes(drawn, places, ax=axes, node_size=sizes, node_color=fills, edgecolors=fig.SURE, linewidths=1.2)
    for node, (x, y) in places.items():
        below = {"xytext": (0, -17), "textcoords": "offset points", "ha": "center", "fontsize": 7.5}
        below["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.8}
        axes.annotate(drawn.nodes[node]["name"], (x, y), **below)
    axes.tick_params(bottom=True, labelbottom=True)
    axes.set_xticks(range(len(years)), years)
    axes.set_ylim(-top + BAND / 2 - 0.1, BAND / 2 + 0.1)
    axes.set_xlim(-0.7, len(years) - 0.3)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("year of the instrument (only years that have one)")
    axes.set_title(title, pad=40)
    marks = [
        Line2D([], [], color=fig.SURE, label="amended by, as decrees print it"),
        Line2D([], [], color=fig.WRONG, label="replaced by, verified"),
        Line2D([], [], color=fig.WRONG, linestyle=":", label="replaced by, not verified"),
        Line2D([], [], marker="o", linestyle="", color=fig.SURE, markersize=8, label="cited here (larger: by more decrees)"),
        Line2D(
            [],
            [],
            marker="o",
            linestyle="",
            markerfacecolor="white",
            markeredgecolor=fig.SURE,
            markersize=7,
            label="not cited here",
        ),
    ]
    axes.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncol=3, frameon=False, borderaxespad=0.2)
    plt.show()
