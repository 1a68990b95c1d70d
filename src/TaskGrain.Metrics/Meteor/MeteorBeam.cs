using System.Runtime.InteropServices;

namespace TaskGrain.Metrics;

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
    private MeteorPath[] _paths = new MeteorPath[64];
    private MeteorPath[] _next = new MeteorPath[64];
    private ulong[] _used = new ulong[64];
    private ulong[] _nextUsed = new ulong[64];
    private MeteorRank[] _ranks = new MeteorRank[64];
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
        List<MeteorMatch> result
    )
    {
        result.Clear();
        if (proposals.Count == 0)
        {
            return;
        }

        Order(proposals, referenceLength);
        _choices.Clear();
        _usedWords = (hypothesisLength + 63) / 64;
        _paths[0] = new MeteorPath(Choice: -1, LastEnd: -1);
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

    /// <summary>
    /// Takes every match that no other proposal touches on either side. A pair proposed twice disputes itself.
    /// </summary>
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
            if (
                _coverReference.AsSpan(match.Reference, match.ReferenceLength).ContainsAnyExcept(1)
                || _coverHypothesis.AsSpan(match.Hypothesis, match.HypothesisLength).ContainsAnyExcept(1)
            )
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
        ReadOnlySpan<MeteorRank> ranks = Sort();
        _nextCount = 0;
        ReadOnlySpan<MeteorMatch> ordered = CollectionsMarshal.AsSpan(_ordered);
        foreach (MeteorRank rank in ranks[..Math.Min(width, ranks.Length)])
        {
            MeteorPath path = _paths[rank.Index];
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
                AddNext(
                    Take(path, _fixed[position], match, modules) with
                    {
                        Distance = path.Distance + match.Distance,
                    },
                    used
                );
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

    private MeteorPath Take(MeteorPath path, int candidate, MeteorMatch match, ReadOnlySpan<MeteorModule> modules)
    {
        int words =
            modules[match.Module] == MeteorModule.Exact
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

    /// <summary>
    /// The best path at the end: the beam is cut before the open chunks are counted, and sorted again after.
    /// </summary>
    private MeteorPath Best()
    {
        ReadOnlySpan<MeteorRank> ranks = Sort();
        MeteorPath best = default;
        MeteorRank bestRank = default;
        for (int i = 0; i < Math.Min(width, ranks.Length); i++)
        {
            MeteorPath path = _paths[ranks[i].Index];
            path = path.LastEnd == -1 ? path : path with { Chunks = path.Chunks + 1 };
            MeteorRank rank = new(path.Words, path.Chunks, path.Distance, i);
            if (i == 0 || default(MeteorRank.BestFirst).Compare(rank, bestRank) < 0)
            {
                (best, bestRank) = (path, rank);
            }
        }

        return best;
    }

    private void Collect(MeteorPath path, List<MeteorMatch> result)
    {
        for (int at = path.Choice; at >= 0; at = _choices[at].Before)
        {
            result.Add(_ordered[_choices[at].Candidate]);
        }

        result.Reverse();
    }

    private ReadOnlySpan<MeteorRank> Sort()
    {
        if (_ranks.Length < _count)
        {
            _ranks = new MeteorRank[_paths.Length];
        }

        Span<MeteorRank> ranks = _ranks.AsSpan(0, _count);
        for (int i = 0; i < ranks.Length; i++)
        {
            ranks[i] = new MeteorRank(_paths[i].Words, _paths[i].Chunks, _paths[i].Distance, i);
        }

        if (ranks.Length > 1)
        {
            ranks.Sort(default(MeteorRank.BestFirst));
        }

        return ranks;
    }

    private void AddNext(MeteorPath path, ReadOnlySpan<ulong> used)
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

    /// <summary>A match in the chain of those that a path has taken.</summary>
    private readonly record struct Choice(int Before, int Candidate);
}
