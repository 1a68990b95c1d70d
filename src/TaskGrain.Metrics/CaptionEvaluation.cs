namespace TaskGrain.Metrics;

/// <summary>The caption metrics of a corpus and of each of its captions.</summary>
/// <param name="Scores">The corpus's metrics.</param>
/// <param name="Segments">
/// The metrics of each caption alone, in order. BLEU and METEOR of the corpus are not their means.
/// </param>
public sealed record CaptionEvaluation(CaptionScores Scores, IReadOnlyList<CaptionScores> Segments)
{
    private const int ProgressInterval = 1000;

    /// <summary>Scores a corpus.</summary>
    /// <param name="hypotheses">Generated captions.</param>
    /// <param name="references">The true captions of each, in the same order; at least one each.</param>
    /// <param name="options">Which metrics and how; null for the defaults.</param>
    /// <param name="progress">Told how far the work is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="ArgumentException">
    /// The lists are empty or differ in length, a caption has no reference, or an option is wrong.
    /// </exception>
    public static CaptionEvaluation Run(
        IReadOnlyList<string> hypotheses,
        IReadOnlyList<IReadOnlyList<string>> references,
        CaptionScoreOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(hypotheses);
        ArgumentNullException.ThrowIfNull(references);
        options ??= new CaptionScoreOptions();
        CaptionGuard.SameCount(hypotheses.Count, references.Count);
        if (hypotheses.Count == 0)
        {
            throw new ArgumentException("There is no caption to score.", nameof(hypotheses));
        }

        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        double[]? cider = options.Metrics.HasFlag(CaptionMetrics.Cider)
            ? Cider.Score(hypotheses, references, cancel)
            : null;
        var sums = new Sums(options);
        var segments = new CaptionScores[hypotheses.Count];
        for (int i = 0; i < hypotheses.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            segments[i] = sums.Add(hypotheses[i], references[i], cider?[i] ?? double.NaN);
            if ((i + 1) % ProgressInterval == 0 || i + 1 == hypotheses.Count)
            {
                progress?.Report(new WorkProgress("scoring", i + 1, hypotheses.Count, "captions", Rate: 0));
            }
        }

        return new CaptionEvaluation(sums.Corpus(segments), segments);
    }

    /// <summary>Scores captions one by one and keeps what the corpus's metrics need.</summary>
    private sealed class Sums(CaptionScoreOptions options)
    {
        private readonly Bleu _bleu = new();
        private readonly RougeL _rouge = new();
        private readonly Meteor? _meteor = options.Metrics.HasFlag(CaptionMetrics.Meteor)
            ? new Meteor(options.Meteor)
            : null;

        private BleuCounts _bleuCounts;
        private MeteorCounts? _meteorCounts;
        private TokenAccuracy _tokens;

        public CaptionScores Add(string hypothesis, IReadOnlyList<string> references, double cider)
        {
            var scores = new CaptionScores { Captions = 1, Cider = cider };
            if (options.Metrics.HasFlag(CaptionMetrics.Bleu))
            {
                BleuCounts counts = _bleu.Count(hypothesis, references);
                _bleuCounts += counts;
                scores = With(scores, counts);
            }

            if (options.Metrics.HasFlag(CaptionMetrics.RougeL))
            {
                scores = scores with { RougeL = _rouge.Score(hypothesis, references) };
            }

            if (_meteor is not null)
            {
                MeteorCounts counts = _meteor.Count(hypothesis, references);
                _meteorCounts = _meteorCounts is null ? counts.AsPart() : _meteorCounts.Plus(counts);
                scores = scores with { Meteor = _meteor.Score(counts).Score };
            }

            if (options.Metrics.HasFlag(CaptionMetrics.ExactMatch))
            {
                bool strict = ExactMatch.IsMatch(hypothesis, references);
                bool generous = strict || ExactMatch.IsMatchAllowingRare(hypothesis, references, options.Vocabulary);
                scores = scores with { ExactMatches = strict ? 1 : 0, ExactMatchesAllowingRare = generous ? 1 : 0 };
            }

            if (options.Metrics.HasFlag(CaptionMetrics.TokenAccuracy))
            {
                TokenAccuracy tokens = TokenAccuracy.Compare(hypothesis, references, options.TokenPositions);
                _tokens += tokens;
                scores = With(scores, tokens);
            }

            return scores;
        }

        public CaptionScores Corpus(IReadOnlyList<CaptionScores> segments)
        {
            var scores = new CaptionScores
            {
                Captions = segments.Count,
                RougeL = segments.Average(s => s.RougeL),
                Cider = segments.Average(s => s.Cider),
                ExactMatches = Total(segments, s => s.ExactMatches),
                ExactMatchesAllowingRare = Total(segments, s => s.ExactMatchesAllowingRare),
                Meteor = _meteorCounts is null ? double.NaN : _meteor!.Score(_meteorCounts).Score,
            };
            scores = options.Metrics.HasFlag(CaptionMetrics.Bleu) ? With(scores, _bleuCounts) : scores;
            return options.Metrics.HasFlag(CaptionMetrics.TokenAccuracy) ? With(scores, _tokens) : scores;
        }

        /// <summary>Null where it was not counted.</summary>
        private static int? Total(IReadOnlyList<CaptionScores> segments, Func<CaptionScores, int?> count) =>
            segments.Aggregate((int?)0, (sum, segment) => sum + count(segment));

        private static CaptionScores With(CaptionScores scores, BleuCounts counts) =>
            scores with
            {
                Bleu1 = counts.Score(1),
                Bleu2 = counts.Score(2),
                Bleu3 = counts.Score(3),
                Bleu4 = counts.Score(4),
            };

        private static CaptionScores With(CaptionScores scores, TokenAccuracy tokens) =>
            scores with
            {
                TokenAccuracy = tokens.Accuracy,
                TokenAccuracyWithPadding = tokens.AccuracyWithPadding,
            };
    }
}
