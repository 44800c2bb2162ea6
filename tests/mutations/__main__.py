"""Print the table: tried, caught, caught with a fitting code, missed."""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from mutations import INVISIBLE, KINDS, Bench, Gold, remembered
from mutations.gold import ROOT


def main(number):
    gold = Gold(ROOT)
    total = Counter()
    print(f"{'kind':<55}{'tried':>6}{'caught':>7}{'fitting':>8}{'unseen':>7}")
    with tempfile.TemporaryDirectory() as folder, remembered():
        bench = Bench(gold, Path(folder))
        for name in KINDS:
            found = bench.trial(name, number)
            caught = sum(bool(codes) for _, codes in found)
            fitting = sum(bool(codes & fault.fits) for fault, codes in found)
            row = {"tried": len(found), "caught": caught, "fitting": fitting, "unseen": len(found) - caught}
            total.update(row)
            known = f"  {INVISIBLE[name]}" if name in INVISIBLE else ""
            print(f"{name:<55}{row['tried']:>6}{caught:>7}{fitting:>8}{row['unseen']:>7}{known}")
            if not known:
                for fault, codes in (item for item in found if not item[1] & item[0].fits):
                    print(f"    {fault.path}:{fault.line}: {fault.what}; found {sorted(codes) or 'nothing'}")
    print(f"{'all':<55}{total['tried']:>6}{total['caught']:>7}{total['fitting']:>8}{total['unseen']:>7}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
