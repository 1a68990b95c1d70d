using System.Globalization;
using TaskGrain.Labels;

namespace TaskGrain.Cli.Terminal;

/// <summary>The counts of <c>taskgrain labels</c> in words.</summary>
internal static class LabelsText
{
    private const int WordsShown = 10;

    public static void Print(CommandOutput output, LabelStatistics statistics, IReadOnlyList<LabelExample> examples)
    {
        string records = statistics.LeftOut == 1 ? "record" : "records";
        string leftOut = statistics.LeftOut > 0 ? $", {N(statistics.LeftOut)} {records} left out" : "";
        output.Line($"{statistics.DataSet}: {N(statistics.Clips.Total)} clips{leftOut}");
        output.Line("");
        var table = new TextTable("", "in all", "train", "validation", "test");
        Row(table, "clips", N(statistics.Clips.Total), statistics.Clips);
        Row(table, "  with a category", N(statistics.Labelled.Total), statistics.Labelled);
        Row(table, "action groups", N(statistics.Groups), statistics.GroupsPresent);
        Row(table, "action categories", N(statistics.Categories), statistics.CategoriesPresent);
        if (statistics.Captions is not null)
        {
            Row(table, "clips with a caption", N(statistics.Captions.Clips.Total), statistics.Captions.Clips);
        }

        output.Text(table.ToString());
        output.Line("");
        if (statistics is { SimplifiedCaptions: { } simplified, Captions: { } full })
        {
            PrintCaptions(output, statistics.RareCount, simplified, full);
        }
        else
        {
            output.Line("No captions: no clip has a description for the brackets of its template.");
        }

        foreach (LabelExample example in examples)
        {
            PrintExample(output, example);
        }
    }

    private static void PrintCaptions(
        CommandOutput output,
        int rareCount,
        CaptionStatistics simplified,
        CaptionStatistics full
    )
    {
        var table = new TextTable("", "simplified captions", "captions");
        void Add(string name, Func<CaptionStatistics, string> value) => table.Add(name, value(simplified), value(full));
        Add("distinct captions", s => N(s.DistinctCaptions));
        Add("distinct objects", s => N(s.DistinctObjects));
        Add("vocabulary (training split)", s => N(s.Vocabulary));
        Add($"rare words (at most {rareCount} times)", s => N(s.RareWords));
        Add("words that are [Something], training", s => Percent(s.RareShare));
        Add("words that are [Something], held out", s => s.RareShareHeldOut is { } share ? Percent(share) : "-");
        Add($"longer than {Vocabulary.CaptionLength} words", s => Percent(s.TooLongShare));
        Add("longest caption in words", s => N(s.LongestCaption));
        output.Text(table.ToString());
        output.Line("");
        output.Line($"Rarest words, captions:      {Words(full.RarestWords)}");
        output.Line($"Rarest words, simplified:    {Words(simplified.RarestWords)}");
        output.Line($"Rarest kept, captions:       {Words(full.RarestKept)}");
        output.Line($"Rarest kept, simplified:     {Words(simplified.RarestKept)}");
    }

    private static void PrintExample(CommandOutput output, LabelExample example)
    {
        output.Line("");
        output.Line($"{example.Id} ({example.Split.Name()})");
        output.Line($"  group               {example.Group ?? "-"}");
        output.Line($"  category            {example.Category ?? "-"}");
        output.Line($"  objects             {Quoted(example.Placeholders)}");
        output.Line($"  simplified objects  {Quoted(example.SimplifiedPlaceholders)}");
        output.Line($"  simplified caption  {example.SimplifiedCaption ?? "-"}");
        output.Line($"  caption             {example.Caption ?? "-"}");
    }

    private static void Row(TextTable table, string name, string total, ClassCounts counts) =>
        table.Add(name, total, N(counts.Train), N(counts.Validation), N(counts.Test));

    private static void Row(TextTable table, string name, string total, SplitCounts counts) =>
        table.Add(name, total, N(counts.Train), N(counts.Validation), N(counts.Test));

    private static string Words(IReadOnlyList<WordCount> words) =>
        words.Count == 0 ? "-" : string.Join(", ", words.Take(WordsShown).Select(word => $"{word.Word} {word.Count}"));

    private static string Quoted(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? "-" : string.Join(", ", texts.Select(text => $"\"{text}\""));

    private static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => share.ToString("0.##%", CultureInfo.InvariantCulture);
}
