using TaskGrain.Metrics;

namespace TaskGrain.Lab.Benchmarks.Plain;

/// <summary>
/// METEOR's matching as its rules read: words are strings, paths are objects, nothing is remembered between
/// captions. What <see cref="Meteor"/> is tested and timed against; it shares only the dictionaries.
/// </summary>
internal sealed class PlainMeteor(
    MeteorOptions options,
    IReadOnlyList<(string[] Reference, string[] Hypothesis)>? paraphrases = null
)
{
    /// <summary>The matches of a hypothesis with one reference.</summary>
    public IReadOnlyList<MeteorMatch> Align(string hypothesis, string reference)
    {
        string[] h = Tokens(hypothesis);
        string[] r = Tokens(reference);
        var proposals = new List<MeteorMatch>();
        int modules = h.SequenceEqual(r) ? 1 : options.Modules.Count;
        for (int module = 0; module < modules; module++)
        {
            proposals.AddRange(
                options.Modules[module] == MeteorModule.Paraphrase ? Phrases(module, h, r) : Words(module, h, r)
            );
        }

        return Search(proposals, h.Length, r.Length);
    }

    private string[] Tokens(string text)
    {
        var normalized = new CharBuffer();
        if (options.Normalize)
        {
            MeteorNormalizer.Append(text, normalized);
            text = normalized.Written.ToString();
        }

        return text.Split(MeteorNormalizer.AsciiWhiteSpace.ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
    }

    private IEnumerable<MeteorMatch> Words(int module, string[] h, string[] r)
    {
        var stemmer = new EnglishStemmer();
        bool Match(string word, string truth) =>
            options.Modules[module] switch
            {
                MeteorModule.Exact => word == truth,
                MeteorModule.Stem => word != truth && stemmer.Stem(word) == stemmer.Stem(truth),
                _ => word != truth && WordNet.Shared.SynsetsOf(word).Intersect(WordNet.Shared.SynsetsOf(truth)).Any(),
            };

        return from j in Enumerable.Range(0, r.Length)
               from i in Enumerable.Range(0, h.Length)
               where Match(h[i], r[j])
               select new MeteorMatch(j, 1, i, 1, module);
    }

    private IEnumerable<MeteorMatch> Phrases(int module, string[] h, string[] r)
    {
        static bool At(string[] words, int start, string[] phrase) =>
            start + phrase.Length <= words.Length && words[start..(start + phrase.Length)].SequenceEqual(phrase);

        // A stable sort: entries of one length keep the table's order.
        (string[] Reference, string[] Hypothesis)[] entries = [.. paraphrases!.OrderBy(e => e.Reference.Length)];
        IEnumerable<MeteorMatch> forward =
            from j in Enumerable.Range(0, r.Length)
            from entry in entries
            where At(r, j, entry.Reference)
            from i in Enumerable.Range(0, h.Length)
            where At(h, i, entry.Hypothesis)
            select new MeteorMatch(j, entry.Reference.Length, i, entry.Hypothesis.Length, module);
        IEnumerable<MeteorMatch> backward =
            from i in Enumerable.Range(0, h.Length)
            from entry in entries
            where At(h, i, entry.Reference)
            from j in Enumerable.Range(0, r.Length)
            where At(r, j, entry.Hypothesis)
            select new MeteorMatch(j, entry.Hypothesis.Length, i, entry.Reference.Length, module);
        return forward.Concat(backward);
    }

    private List<MeteorMatch> Search(List<MeteorMatch> proposals, int hypothesisLength, int referenceLength)
    {
        bool Alone(MeteorMatch m) => proposals.Count(p => Overlaps(p, m)) == 1;
        MeteorMatch[] undisputed = [.. proposals.Where(Alone)];
        var start = new Path(options.Modules);
        foreach (MeteorMatch match in undisputed)
        {
            start.Use(match);
        }

        var paths = new List<Path> { start };
        for (int position = 0; position < referenceLength; position++)
        {
            var next = new List<Path>();
            foreach (Path path in Sorted(paths).Take(options.BeamWidth))
            {
                if (position < path.Decided)
                {
                    next.Add(path);
                    continue;
                }

                MeteorMatch[] here = [.. proposals.Where(m => m.Reference == position)];
                if (here is [var only] && undisputed.Contains(only))
                {
                    path.Take(only);
                    path.Distance += Math.Abs(only.Reference - only.Hypothesis);
                    next.Add(path);
                    continue;
                }

                foreach (MeteorMatch match in here.Where(path.IsFree))
                {
                    Path child = path.Copy();
                    child.Use(match);
                    child.Take(match);
                    next.Add(child);
                    path.Distance += Math.Abs(match.Reference - match.Hypothesis);
                }

                path.Skip();
                next.Add(path);
            }

            paths = next;
        }

        paths = [.. Sorted(paths).Take(options.BeamWidth)];
        paths.ForEach(path => path.CloseChunk());
        return Sorted(paths).First().Chosen;
    }

    private static IEnumerable<Path> Sorted(List<Path> paths) =>
        paths
            .OrderByDescending(p => p.HypothesisWords + p.ReferenceWords)
            .ThenBy(p => p.Chunks)
            .ThenBy(p => p.Distance);

    private static bool Overlaps(MeteorMatch a, MeteorMatch b) =>
        (a.Reference < b.Reference + b.ReferenceLength && b.Reference < a.Reference + a.ReferenceLength)
        || (a.Hypothesis < b.Hypothesis + b.HypothesisLength && b.Hypothesis < a.Hypothesis + a.HypothesisLength);

    private sealed class Path(IReadOnlyList<MeteorModule> modules)
    {
        private HashSet<int> _used = [];
        private int _chunkEnd = -1;

        public List<MeteorMatch> Chosen { get; private set; } = [];

        public int HypothesisWords { get; private set; }

        public int ReferenceWords { get; private set; }

        public int Chunks { get; private set; }

        public int Distance { get; set; }

        public int Decided { get; private set; }

        public Path Copy()
        {
            var copy = (Path)MemberwiseClone();
            copy._used = [.. _used];
            copy.Chosen = [.. Chosen];
            return copy;
        }

        public bool IsFree(MeteorMatch match) => !Positions(match).Any(_used.Contains);

        public void Use(MeteorMatch match) => _used.UnionWith(Positions(match));

        public void Take(MeteorMatch match)
        {
            double weight = modules[match.Module] == MeteorModule.Exact ? 1 : 0.5;
            HypothesisWords = (int)(HypothesisWords + (match.HypothesisLength * weight));
            ReferenceWords = (int)(ReferenceWords + (match.ReferenceLength * weight));
            Chosen.Add(match);
            if (_chunkEnd != -1 && match.Hypothesis != _chunkEnd)
            {
                Chunks++;
            }

            _chunkEnd = match.Hypothesis + match.HypothesisLength;
            Decided = match.Reference + match.ReferenceLength;
        }

        public void Skip()
        {
            CloseChunk();
            Decided++;
        }

        public void CloseChunk()
        {
            Chunks += _chunkEnd == -1 ? 0 : 1;
            _chunkEnd = -1;
        }

        private static IEnumerable<int> Positions(MeteorMatch match) =>
            Enumerable.Range(match.Hypothesis, match.HypothesisLength);
    }
}
