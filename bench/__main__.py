"""All benchmarks over one scaled tenant, each beside its floor; ``make bench``.

Speed is never judged here: the figures are for ``docs/benchmarks.md`` and for whoever changes
something. What is judged is that every answer measured was a right one.
"""

import argparse

import django


def main() -> None:
    """Read the sizes and go; the table goes to standard output, progress beside it."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--advocates", type=int, default=100_000)
    parser.add_argument("--completions", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many counts")
    parser.add_argument("--requests", type=int, default=200, help="HTTP requests a round")
    parser.add_argument("--clients", type=int, default=4, help="at once")
    parser.add_argument("--asks", type=int, default=200, help="at one advocate")
    parser.add_argument("--database", default="advocacy_bench", help="made anew and dropped")
    parser.add_argument(
        "--only",
        nargs="+",
        metavar="NAME",
        help="lists pages matching allocation takes imports scores sweep tiers",
    )
    given = parser.parse_args()
    django.setup()

    from bench import allocation, crm_import, lists, matching, pages, scores, sweep, takes, tiers
    from bench.place import Sizes, a_place, machine
    from bench.report import tell

    # Tiers come last: they fill the ledger up.
    benchmarks = {
        "lists": lists,
        "pages": pages,
        "matching": matching,
        "allocation": allocation,
        "takes": takes,
        "imports": crm_import,
        "scores": scores,
        "sweep": sweep,
        "tiers": tiers,
    }
    if unknown := set(given.only or ()) - set(benchmarks):
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}: {', '.join(benchmarks)}")
    sizes = Sizes(**{name: value for name, value in vars(given).items() if name != "only"})
    with a_place(sizes) as place:
        print(f"{sizes.advocates:,} advocates\n")
        print("\n".join(machine()), flush=True)
        for name, benchmark in benchmarks.items():
            if name in (given.only or benchmarks):
                title = (benchmark.__doc__ or name).partition("\n")[0]
                tell(title.rstrip("."), benchmark.run(place))


if __name__ == "__main__":
    main()
