namespace TaskGrain.Labels;

/// <summary>Counts captions and words at one caption grain.</summary>
internal static class CaptionCounter
{
    public static CaptionStatistics Count(DataSet data, CaptionTargets targets, Granularity granularity)
    {
        Annotation[] clips = [.. data.Annotations.Where(targets.HasCaption)];
        IReadOnlyList<string>[] captions = [.. clips.Select(clip => targets.Words(clip, granularity))];
        IReadOnlyList<string>[] training = [.. captions.Where((_, i) => clips[i].Split == Split.Train)];
        IReadOnlyList<string>[] heldOut = [.. captions.Where((_, i) => clips[i].Split != Split.Train)];
        Dictionary<string, int> counts = Vocabulary.CountWords(training);
        int rareCount = targets.Options.RareCount;
        HashSet<string> kept = [.. counts.Where(entry => entry.Value > rareCount).Select(entry => entry.Key)];
        return new CaptionStatistics
        {
            Clips = SplitCounts.Of(clips, _ => true),
            DistinctCaptions = captions
                .Select(words => string.Join(' ', words))
                .Distinct(StringComparer.Ordinal)
                .Count(),
            DistinctObjects = Objects(data, clips, targets, granularity).Distinct(StringComparer.Ordinal).Count(),
            Vocabulary = kept.Count,
            RareWords = counts.Count - kept.Count,
            RareShare = RareShare(training, kept) ?? 0,
            RareShareHeldOut = RareShare(heldOut, kept),
            TooLongShare =
                captions.Count(words => words.Count > Vocabulary.CaptionLength) / (double)Math.Max(1, captions.Length),
            LongestCaption = captions.Max(words => words.Count),
            RarestWords = Rarest(counts),
            RarestKept = Rarest(counts.Where(entry => entry.Value > rareCount)),
        };
    }

    private static IEnumerable<string> Objects(
        DataSet data,
        Annotation[] clips,
        CaptionTargets targets,
        Granularity granularity
    ) =>
        clips.SelectMany(clip =>
            clip.Placeholders.Select(
                (placeholder, i) =>
                    granularity == Granularity.Captions
                        ? string.Join(' ', CaptionWords.Split(placeholder))
                        : targets.Simplify(placeholder, data.Taxonomy.Templates[clip.Category].Brackets[i])
            )
        );

    private static double? RareShare(IReadOnlyList<string>[] captions, HashSet<string> kept)
    {
        long words = captions.Sum(caption => (long)caption.Count);
        long rare = captions.Sum(caption => (long)caption.Count(word => !kept.Contains(word)));
        return words == 0 ? null : rare / (double)words;
    }

    private static IReadOnlyList<WordCount> Rarest(IEnumerable<KeyValuePair<string, int>> counts) =>
        [
            .. counts
                .OrderBy(entry => entry.Value)
                .ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .Take(CaptionStatistics.RarestShown)
                .Select(entry => new WordCount(entry.Key, entry.Value)),
        ];
}
