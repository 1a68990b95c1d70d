namespace TaskGrain.Metrics;

/// <summary>
/// METEOR's search for the best set of matches. It is not an optimal search, and published scores depend on how it
/// falls short, so three of its habits are kept on purpose: matches that are not exact weigh a half that integer sums
/// cut off (a phrase of two words still counts one); the distance of a chosen match is charged to the paths made
/// after it instead of to its own; a beam of a fixed width, sorted stably, drops the rest.
/// </summary>
/// <remarks>
/// A word that both texts repeat can extend a path in as many ways as the hypothesis has occurrences, nearly all of
/// which the next cut drops. So extensions are made best first and no further than they can stay: those of a path by
/// one module, taken in the order of the hypothesis, are charged more and more distance, so that behind the first
/// that does not stay none does; only the one that goes on with the open chunk stands apart. A step costs the width
/// times the logarithm of the length, and a path no more than what it does not share with others.
/// </remarks>
internal sealed class MeteorBeam(int width)
{
    private MeteorPath[] _paths = new MeteorPath[16];
    private MeteorExtension[] _next = new MeteorExtension[16];
    private int[] _cursors = [];
    private int[] _mostWords = [];
    private int _count;
    private int _nextCount;

    /// <summary>Chooses among candidates.</summary>
    /// <param name="candidates">All that is proposed.</param>
    /// <param name="result">Receives the chosen matches in the order of the reference.</param>
    public void Search(MeteorCandidates candidates, List<MeteorMatch> result)
    {
        FindMostWords(candidates.Modules);
        _paths[0] = new MeteorPath(Last: null, Used: null, LastEnd: -1);
        _count = 1;
        for (int position = 0; position < candidates.ReferenceLength; position++)
        {
            _nextCount = 0;
            MeteorMatch? only = candidates.Undisputed(position);
            bool any = candidates.AnyAt(position);
            for (int parent = 0; parent < _count; parent++)
            {
                if (position < _paths[parent].Resume)
                {
                    // Inside a phrase that was matched as a whole.
                    Offer(new MeteorExtension(_paths[parent], parent, Place: 0));
                }
                else if (only is { } match)
                {
                    MeteorPath taken = Take(candidates.Modules, _paths[parent], match);
                    taken = taken with { Distance = taken.Distance + match.Distance };
                    Offer(new MeteorExtension(taken, parent, Place: 0, match));
                }
                else
                {
                    Extend(candidates, parent, position, any ? candidates.ModuleCount : 0);
                }
            }

            KeepNext(candidates.Hypothesis);
        }

        result.Clear();
        for (MeteorChoice? choice = Best().Last; choice is not null; choice = choice.Before)
        {
            result.Add(choice.Match);
        }

        result.Reverse();
        Array.Clear(_paths);
        Array.Clear(_next); // So that nothing holds the chains any longer.
    }

    /// <summary>Offers everything that a path can become by taking a disputed match, or none.</summary>
    private void Extend(MeteorCandidates candidates, int parent, int position, int modules)
    {
        MeteorPath path = _paths[parent];
        for (int module = 0; module < modules; module++)
        {
            if (!MayStay(path.Words + _mostWords[module], path.Chunks, path.Distance))
            {
                return;
            }

            if (candidates.Modules[module] == MeteorModule.Paraphrase)
            {
                path = OfferPhrases(candidates, path, parent, position, module);
                continue;
            }

            ReadOnlySpan<int> types = candidates.TypesFor(position, module);
            if (types.IsEmpty)
            {
                continue;
            }

            OfferWords(candidates, types, path, parent, new MeteorMatch(position, 1, 0, 1, module));
            if (!MayStay(path.Words + _mostWords[module + 1], path.Chunks, path.Distance))
            {
                return;
            }

            long charged = DistanceToFree(candidates.Hypothesis, types, path, position, candidates.Hypothesis.Length);
            path = path with { Distance = path.Distance + charged };
        }

        int chunks = path.LastEnd == -1 ? path.Chunks : path.Chunks + 1;
        MeteorPath skipped = path with { Chunks = chunks, LastEnd = -1, Resume = position + 1 };
        Offer(new MeteorExtension(skipped, parent, long.MaxValue));
    }

    /// <summary>Offers the matches of single words by one module.</summary>
    private void OfferWords(
        MeteorCandidates candidates,
        ReadOnlySpan<int> types,
        MeteorPath path,
        int parent,
        MeteorMatch match
    )
    {
        MeteorHypothesis hypothesis = candidates.Hypothesis;
        int goesOn = path.LastEnd;
        if (
            goesOn >= 0
            && goesOn < hypothesis.Length
            && types.Contains(hypothesis.TypeAt(goesOn))
            && hypothesis.IsFree(path.Used, goesOn, 1)
        )
        {
            long charged = DistanceToFree(hypothesis, types, path, match.Reference, goesOn);
            OfferMatch(
                candidates.Modules,
                path with
                {
                    Distance = path.Distance + charged,
                },
                parent,
                match with
                {
                    Hypothesis = goesOn,
                },
                goesOn
            );
        }

        Buffers.Grow(ref _cursors, types.Length);
        Span<int> cursors = _cursors.AsSpan(0, types.Length);
        for (int i = 0; i < types.Length; i++)
        {
            cursors[i] = hypothesis.NextFree(path.Used, hypothesis.Start(types[i]));
        }

        while (TakeFirst(hypothesis, types, cursors, path.Used) is >= 0 and int position)
        {
            MeteorMatch next = match with { Hypothesis = position };
            if (position != path.LastEnd && !OfferMatch(candidates.Modules, path, parent, next, position))
            {
                return;
            }

            path = path with { Distance = path.Distance + next.Distance };
        }
    }

    /// <summary>Takes the first free position from the types' next ones; -1 when there is none left.</summary>
    private static int TakeFirst(
        MeteorHypothesis hypothesis,
        ReadOnlySpan<int> types,
        Span<int> cursors,
        UsedWords? used
    )
    {
        int first = -1;
        int position = int.MaxValue;
        for (int i = 0; i < types.Length; i++)
        {
            if (cursors[i] < hypothesis.End(types[i]) && hypothesis.PositionOf(cursors[i]) < position)
            {
                first = i;
                position = hypothesis.PositionOf(cursors[i]);
            }
        }

        if (first < 0)
        {
            return -1;
        }

        cursors[first] = hypothesis.NextFree(used, cursors[first] + 1);
        return position;
    }

    /// <summary>Offers the matches of phrases by one module and charges them to the path.</summary>
    private MeteorPath OfferPhrases(MeteorCandidates candidates, MeteorPath path, int parent, int position, int module)
    {
        int place = 0;
        foreach (MeteorMatch match in candidates.PhrasesAt(position))
        {
            if (
                match.Module == module
                && candidates.Hypothesis.IsFree(path.Used, match.Hypothesis, match.HypothesisLength)
            )
            {
                OfferMatch(candidates.Modules, path, parent, match, place++);
                path = path with { Distance = path.Distance + match.Distance };
            }
        }

        return path;
    }

    private bool OfferMatch(
        ReadOnlySpan<MeteorModule> modules,
        MeteorPath path,
        int parent,
        MeteorMatch match,
        int place
    ) =>
        Offer(
            new MeteorExtension(
                Take(modules, path, match),
                parent,
                ((long)match.Module << 32) | (uint)place,
                match,
                Marks: true
            )
        );

    private static MeteorPath Take(ReadOnlySpan<MeteorModule> modules, MeteorPath path, MeteorMatch match)
    {
        int words =
            modules[match.Module] == MeteorModule.Exact
                ? match.HypothesisLength + match.ReferenceLength
                : (match.HypothesisLength / 2) + (match.ReferenceLength / 2);
        bool breaks = path.LastEnd != -1 && match.Hypothesis != path.LastEnd;
        return path with
        {
            Words = path.Words + words,
            Chunks = breaks ? path.Chunks + 1 : path.Chunks,
            LastEnd = match.Hypothesis + match.HypothesisLength,
            Resume = match.Reference + match.ReferenceLength,
        };
    }

    private static long DistanceToFree(
        MeteorHypothesis hypothesis,
        ReadOnlySpan<int> types,
        MeteorPath path,
        int position,
        int end
    )
    {
        long sum = 0;
        foreach (int type in types)
        {
            sum += hypothesis.DistanceToFree(type, position, end, path.Used);
        }

        return sum;
    }

    /// <summary>The most words that a match by a module or a later one can add; 0 behind the last.</summary>
    private void FindMostWords(ReadOnlySpan<MeteorModule> modules)
    {
        Buffers.Grow(ref _mostWords, modules.Length + 1);
        _mostWords[modules.Length] = 0;
        for (int module = modules.Length - 1; module >= 0; module--)
        {
            int words = modules[module] switch
            {
                MeteorModule.Exact => 2,
                MeteorModule.Paraphrase => int.MaxValue / 2, // As long as the texts.
                _ => 0,
            };
            _mostWords[module] = Math.Max(words, _mostWords[module + 1]);
        }
    }

    /// <summary>Whether a path as good as this could be among the best of the step so far.</summary>
    private bool MayStay(int words, int chunks, long distance)
    {
        if (_nextCount < width)
        {
            return true;
        }

        MeteorPath last = _next[_nextCount - 1].Path;
        return words != last.Words ? words > last.Words
            : chunks != last.Chunks ? chunks < last.Chunks
            : distance <= last.Distance;
    }

    /// <summary>Puts an extension at its place among the best of the step.</summary>
    /// <returns>Whether it has one.</returns>
    private bool Offer(in MeteorExtension extension)
    {
        if (_nextCount == width && MeteorExtension.Compare(extension, _next[_nextCount - 1]) > 0)
        {
            return false;
        }

        int low = 0;
        int high = _nextCount;
        if (high > 0 && MeteorExtension.Compare(extension, _next[high - 1]) > 0)
        {
            low = high;
        }

        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = MeteorExtension.Compare(extension, _next[middle]) < 0 ? (low, middle) : (middle + 1, high);
        }

        _nextCount = Math.Min(_nextCount + 1, width);
        Buffers.Grow(ref _next, _nextCount);
        Array.Copy(_next, low, _next, low + 1, _nextCount - 1 - low);
        _next[low] = extension;
        return true;
    }

    /// <summary>The step's best become the paths of the next one.</summary>
    private void KeepNext(MeteorHypothesis hypothesis)
    {
        Buffers.Grow(ref _paths, _nextCount);
        for (int i = 0; i < _nextCount; i++)
        {
            ref readonly MeteorExtension extension = ref _next[i];
            MeteorPath path = extension.Path;
            if (extension.Taken is { } match)
            {
                path = path with
                {
                    Last = new MeteorChoice(path.Last, match),
                    Used = extension.Marks
                        ? hypothesis.Use(path.Used, match.Hypothesis, match.HypothesisLength)
                        : path.Used,
                };
            }

            _paths[i] = path;
        }

        _count = _nextCount;
    }

    /// <summary>
    /// The best path at the end: the beam is cut before the open chunks are counted, and sorted again after.
    /// </summary>
    private MeteorPath Best()
    {
        MeteorExtension best = default;
        for (int i = 0; i < _count; i++)
        {
            MeteorPath path = _paths[i];
            path = path.LastEnd == -1 ? path : path with { Chunks = path.Chunks + 1 };
            var last = new MeteorExtension(path, i, Place: 0);
            best = i == 0 || MeteorExtension.Compare(last, best) < 0 ? last : best;
        }

        return best.Path;
    }
}
