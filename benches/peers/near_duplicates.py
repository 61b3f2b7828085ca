#!/usr/bin/env python3
"""rensa and datasketch on the file that `cargo bench --bench near_duplicates -- generate FILE` wrote.

    pip install rensa datasketch
    python3 benches/peers/near_duplicates.py FILE rensa|rensa-batch|datasketch

One program a run, so that peak memory is its own. From the file to the pairs, one thread: word 3-shingles, 128 permutations,
pairs of estimated Jaccard similarity of at least 0.5 (--threshold), as their documents propose. CPU seconds are those of
the process, children and threads included.
"""

import json
import os
import resource
import sys

for name in ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

PERMUTATIONS = 128
BANDS = 32
SHINGLE = 3


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def documents(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["id"], record["text"]


def shingles(text):
    words = text.lower().split()
    return [" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)]


def rensa(path, threshold):
    """One document after the other: asked, compared with what is found, and inserted."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=BANDS)
    ids, sketches, pairs = [], [], []
    for number, (name, text) in enumerate(documents(path)):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(shingles(text))
        for other in lsh.query(sketch):
            if sketches[other].jaccard(sketch) >= threshold:
                pairs.append((ids[other], name))
        lsh.insert(number, sketch)
        ids.append(name)
        sketches.append(sketch)
    return len(ids), pairs


def rensa_batch(path, threshold):
    """The same with rensa's own loop over many documents for the sketches."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=BANDS)
    ids, sketches, pairs, names, batch = [], [], [], [], []

    def flush():
        for name, sketch in zip(names, RMinHash.from_token_sets(batch, PERMUTATIONS, 42)):
            for other in lsh.query(sketch):
                if sketches[other].jaccard(sketch) >= threshold:
                    pairs.append((ids[other], name))
            lsh.insert(len(ids), sketch)
            ids.append(name)
            sketches.append(sketch)
        names.clear()
        batch.clear()

    for name, text in documents(path):
        names.append(name)
        batch.append(shingles(text))
        if len(batch) == 1000:
            flush()
    flush()
    return len(ids), pairs


def datasketch(path, threshold):
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    sketches, pairs, count = {}, [], 0
    for name, text in documents(path):
        sketch = MinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update_batch([shingle.encode() for shingle in set(shingles(text))])
        for other in lsh.query(sketch):
            if sketches[other].jaccard(sketch) >= threshold:
                pairs.append((other, name))
        lsh.insert(name, sketch)
        sketches[name] = sketch
        count += 1
    return count, pairs


def score(path, pairs):
    """As in benches/near_duplicates.rs."""
    family, members = {}, {}
    with open(os.path.splitext(path)[0] + ".truth.csv", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            name, of, kind = line.rstrip("\n").split(",")
            family[name] = (of, kind)
            members[of] = members.get(of, 0) + 1
    everything, found, right, shells = {}, {}, 0, 0
    for of, kind in family.values():
        if kind not in ("original", "shell"):
            everything[kind] = everything.get(kind, 0) + (members[of] - 1 if kind == "crowd" else 2)
    for a, b in pairs:
        (of_a, kind_a), (of_b, kind_b) = family[a], family[b]
        if of_a == of_b:
            right += 1
            kind = kind_b if kind_a == "original" else kind_a
            found[kind] = found.get(kind, 0) + 2
        elif kind_a == kind_b == "shell":
            shells += 1
    print("  recall: " + ", ".join(f"{kind} {found.get(kind, 0) / all_:.3f}" for kind, all_ in sorted(everything.items())))
    print(f"  precision {right / max(1, len(pairs)):.4f} ({right} of {len(pairs)} pairs); {shells} pairs of pages that share a shell")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    path, program = sys.argv[1], sys.argv[2]
    threshold = float(sys.argv[4]) if sys.argv[3:4] == ["--threshold"] else 0.5
    run = {"rensa": rensa, "rensa-batch": rensa_batch, "datasketch": datasketch}[program]
    started = cpu()
    count, pairs = run(path, threshold)
    seconds = cpu() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{program}: {count} documents, {count / seconds:.0f} a CPU second ({seconds:.1f} s), peak {peak:.0f} MB")
    score(path, pairs)


main()
