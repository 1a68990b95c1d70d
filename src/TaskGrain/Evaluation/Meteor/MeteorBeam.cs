using System.Runtime.InteropServices;

namespace TaskGrain.Evaluation;

/// <summary>
/// METEOR's search for the best set of matches. It is not an optimal search, and published scores depend on how it
/// falls short, so three of its habits are kept on purpose: matches that are not exact weigh a half that integer sums
/// cut off (a phrase of two words still counts one); the distance of a chosen match is charged to the paths made
/// after it instead of to its own; a beam of a fixed width, sorted stably, drops the rest.
/// </summary>
internal sealed class MeteorBeam(int width)
{
    private readonly List<MeteorMatch> _ordered = [];
    private readonly List<Choice> _choices = [];
    private int[] _first = [];
    private int[] _coverReference = [];
    private int[] _coverHypothesis = [];
    private int[] _fixed = [];
    private Path[] _paths = new Path[64];
    private Path[] _next = new Path[64];
    private ulong[] _used = new ulong[64];
    private ulong[] _nextUsed = new ulong[64];
    private Rank[] _ranks = new Rank[64];
    private int _count;
    private int _nextCount;
    private int _usedWords;

    /// <summary>Chooses among proposals.</summary>
    /// <param name="proposals">All proposed matches in the modules' order; the same pair may come twice.</param>
    /// <param name="modules">Kinds of the modules that proposed them.</param>
    /// <param name="hypothesisLength">Words of the hypothesis.</param>
    /// <param name="referenceLength">Words of the reference.</param>
    /// <param name="result">Receives the chosen matches in the order of the reference.</param>
    public void Search(
        List<MeteorMatch> proposals,
        ReadOnlySpan<MeteorModule> modules,
        int hypothesisLength,
        int referenceLength,
        List<MeteorMatch> result)
    {
        result.Clear();
        if (proposals.Count == 0)
        {
            return;
        }

        Order(proposals, referenceLength);
        _choices.Clear();
        _usedWords = (hypothesisLength + 63) / 64;
        _paths[0] = new Path(Choice: -1, LastEnd: -1);
        _used.AsSpan(0, _usedWords).Clear();
        FixUndisputed(proposals, hypothesisLength, referenceLength);
        _count = 1;
        for (int position = 0; position < referenceLength; position++)
        {
            Step(position, modules);
        }

        Collect(Best(), result);
    }

    /// <summary>Groups the proposals by reference position, keeping their order within one.</summary>
    private void Order(List<MeteorMatch> proposals, int referenceLength)
    {
        Grow(ref _first, referenceLength + 1);
        Array.Clear(_first, 0, referenceLength + 1);
        foreach (MeteorMatch match in CollectionsMarshal.AsSpan(proposals))
        {
            _first[match.Reference + 1]++;
        }

        for (int j = 0; j < referenceLength; j++)
        {
            _first[j + 1] += _first[j];
        }

        CollectionsMarshal.SetCount(_ordered, proposals.Count);
        Span<MeteorMatch> ordered = CollectionsMarshal.AsSpan(_ordered);
        foreach (MeteorMatch match in CollectionsMarshal.AsSpan(proposals))
        {
            ordered[_first[match.Reference]++] = match;
        }

        // Each start now stands where the next one belongs.
        for (int j = referenceLength; j > 0; j--)
        {
            _first[j] = _first[j - 1];
        }

        _first[0] = 0;
    }

    /// <summary>Takes every match that no other proposal touches on either side. A pair proposed twice disputes itself.</summary>
    private void FixUndisputed(List<MeteorMatch> proposals, int hypothesisLength, int referenceLength)
    {
        Grow(ref _coverReference, referenceLength);
        Grow(ref _coverHypothesis, hypothesisLength);
        Grow(ref _fixed, referenceLength);
        Array.Clear(_coverReference, 0, referenceLength);
        Array.Clear(_coverHypothesis, 0, hypothesisLength);
        foreach (MeteorMatch match in CollectionsMarshal.AsSpan(proposals))
        {
            AddOne(_coverReference.AsSpan(match.Reference, match.ReferenceLength));
            AddOne(_coverHypothesis.AsSpan(match.Hypothesis, match.HypothesisLength));
        }

        for (int j = 0; j < referenceLength; j++)
        {
            _fixed[j] = -1;
            if (_first[j + 1] - _first[j] != 1)
            {
                continue;
            }

            MeteorMatch match = _ordered[_first[j]];
            if (_coverReference.AsSpan(match.Reference, match.ReferenceLength).ContainsAnyExcept(1)
                || _coverHypothesis.AsSpan(match.Hypothesis, match.HypothesisLength).ContainsAnyExcept(1))
            {
                continue;
            }

            _fixed[j] = _first[j];
            Use(_used.AsSpan(0, _usedWords), match);
        }
    }

    /// <summary>Extends the best paths by one reference position.</summary>
    private void Step(int position, ReadOnlySpan<MeteorModule> modules)
    {
        ReadOnlySpan<Rank> ranks = Sort();
        _nextCount = 0;
        ReadOnlySpan<MeteorMatch> ordered = CollectionsMarshal.AsSpan(_ordered);
        foreach (Rank rank in ranks[..Math.Min(width, ranks.Length)])
        {
            Path path = _paths[rank.Index];
            ReadOnlySpan<ulong> used = _used.AsSpan(rank.Index * _usedWords, _usedWords);
            if (position < path.Resume)
            {
                // Inside a phrase that was matched as a whole.
                AddNext(path, used);
                continue;
            }

            if (_fixed[position] >= 0)
            {
                MeteorMatch match = ordered[_fixed[position]];
                AddNext(Take(path, _fixed[position], match, modules) with { Distance = path.Distance + match.Distance }, used);
                continue;
            }

            for (int candidate = _first[position]; candidate < _first[position + 1]; candidate++)
            {
                MeteorMatch match = ordered[candidate];
                if (IsUsed(used, match))
                {
                    continue;
                }

                AddNext(Take(path, candidate, match, modules), used);
                Use(_nextUsed.AsSpan((_nextCount - 1) * _usedWords, _usedWords), match);
                path = path with { Distance = path.Distance + match.Distance };
            }

            int chunks = path.LastEnd == -1 ? path.Chunks : path.Chunks + 1;
            AddNext(path with { Chunks = chunks, LastEnd = -1, Resume = position + 1 }, used);
        }

        (_paths, _next) = (_next, _paths);
        (_used, _nextUsed) = (_nextUsed, _used);
        _count = _nextCount;
    }

    private Path Take(Path path, int candidate, MeteorMatch match, ReadOnlySpan<MeteorModule> modules)
    {
        int words = modules[match.Module] == MeteorModule.Exact
            ? match.HypothesisLength + match.ReferenceLength
            : (match.HypothesisLength / 2) + (match.ReferenceLength / 2);
        bool breaks = path.LastEnd != -1 && match.Hypothesis != path.LastEnd;
        _choices.Add(new Choice(path.Choice, candidate));
        return path with
        {
            Words = path.Words + words,
            Chunks = breaks ? path.Chunks + 1 : path.Chunks,
            LastEnd = match.Hypothesis + match.HypothesisLength,
            Resume = match.Reference + match.ReferenceLength,
            Choice = _choices.Count - 1,
        };
    }

    /// <summary>The best path at the end: the beam is cut before the open chunks are counted, and sorted again after.</summary>
    private Path Best()
    {
        ReadOnlySpan<Rank> ranks = Sort();
        Path best = default;
        Rank bestRank = default;
        for (int i = 0; i < Math.Min(width, ranks.Length); i++)
        {
            Path path = _paths[ranks[i].Index];
            path = path.LastEnd == -1 ? path : path with { Chunks = path.Chunks + 1 };
            Rank rank = new(path.Words, path.Chunks, path.Distance, i);
            if (i == 0 || default(BestFirst).Compare(rank, bestRank) < 0)
            {
                (best, bestRank) = (path, rank);
            }
        }

        return best;
    }

    private void Collect(Path path, List<MeteorMatch> result)
    {
        for (int at = path.Choice; at >= 0; at = _choices[at].Before)
        {
            result.Add(_ordered[_choices[at].Candidate]);
        }

        result.Reverse();
    }

    private ReadOnlySpan<Rank> Sort()
    {
        if (_ranks.Length < _count)
        {
            _ranks = new Rank[_paths.Length];
        }

        Span<Rank> ranks = _ranks.AsSpan(0, _count);
        for (int i = 0; i < ranks.Length; i++)
        {
            ranks[i] = new Rank(_paths[i].Words, _paths[i].Chunks, _paths[i].Distance, i);
        }

        if (ranks.Length > 1)
        {
            ranks.Sort(default(BestFirst));
        }

        return ranks;
    }

    private void AddNext(Path path, ReadOnlySpan<ulong> used)
    {
        if (_nextCount == _next.Length)
        {
            Array.Resize(ref _next, _next.Length * 2);
        }

        int end = (_nextCount + 1) * _usedWords;
        if (_nextUsed.Length < end)
        {
            Array.Resize(ref _nextUsed, end * 2);
        }

        used.CopyTo(_nextUsed.AsSpan(_nextCount * _usedWords));
        _next[_nextCount++] = path;
    }

    private static bool IsUsed(ReadOnlySpan<ulong> used, MeteorMatch match)
    {
        for (int i = match.Hypothesis; i < match.Hypothesis + match.HypothesisLength; i++)
        {
            if ((used[i >> 6] & (1UL << (i & 63))) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void Use(Span<ulong> used, MeteorMatch match)
    {
        for (int i = match.Hypothesis; i < match.Hypothesis + match.HypothesisLength; i++)
        {
            used[i >> 6] |= 1UL << (i & 63);
        }
    }

    private static void AddOne(Span<int> counts)
    {
        foreach (ref int count in counts)
        {
            count++;
        }
    }

    private static void Grow(ref int[] array, int length)
    {
        if (array.Length < length)
        {
            array = new int[length * 2];
        }
    }

    /// <summary>A partial alignment.</summary>
    /// <param name="Choice">Its last match in the chain of choices; -1 for none.</param>
    /// <param name="LastEnd">Where its open chunk goes on in the hypothesis; -1 when none is open.</param>
    /// <param name="Resume">The first reference position it has not decided.</param>
    /// <param name="Words">Words in exact matches, both sides, and half the words of others, rounded down each.</param>
    /// <param name="Chunks">Chunks closed so far.</param>
    /// <param name="Distance">Distances charged so far.</param>
    private readonly record struct Path(
        int Choice, int LastEnd, int Resume = 0, int Words = 0, int Chunks = 0, int Distance = 0);

    private readonly record struct Choice(int Before, int Candidate);

    /// <summary>What paths are sorted by.</summary>
    private readonly record struct Rank(int Words, int Chunks, int Distance, int Index);

    /// <summary>The order of paths, best first; the index makes the sort stable.</summary>
    private readonly struct BestFirst : IComparer<Rank>
    {
        public int Compare(Rank x, Rank y)
        {
            if (x.Words != y.Words)
            {
                return x.Words > y.Words ? -1 : 1;
            }

            if (x.Chunks != y.Chunks)
            {
                return x.Chunks < y.Chunks ? -1 : 1;
            }

            if (x.Distance != y.Distance)
            {
                return x.Distance < y.Distance ? -1 : 1;
            }

            return x.Index.CompareTo(y.Index);
        }
    }
}
