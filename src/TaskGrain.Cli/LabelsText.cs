using System.Globalization;
using TaskGrain.Labels;

namespace TaskGrain.Cli;

/// <summary>The counts of <c>taskgrain labels</c> in words.</summary>
internal static class LabelsText
{
    private const int WordsShown = 10;

    public static void Print(TextWriter writer, LabelStatistics statistics, IReadOnlyList<LabelExample> examples)
    {
        string records = statistics.LeftOut == 1 ? "record" : "records";
        string leftOut = statistics.LeftOut > 0 ? $", {N(statistics.LeftOut)} {records} left out" : "";
        writer.WriteLine($"{statistics.DataSet}: {N(statistics.Clips.Total)} clips{leftOut}");
        writer.WriteLine();
        var table = new TextTable("", "in all", "train", "validation", "test");
        Row(table, "clips", N(statistics.Clips.Total), statistics.Clips);
        Row(table, "  with a category", N(statistics.Labelled.Total), statistics.Labelled);
        Row(table, "action groups", N(statistics.Groups), statistics.GroupsPresent);
        Row(table, "action categories", N(statistics.Categories), statistics.CategoriesPresent);
        if (statistics.Captions is not null)
        {
            Row(table, "clips with a caption", N(statistics.Captions.Clips.Total), statistics.Captions.Clips);
        }

        table.Print(writer);
        writer.WriteLine();
        if (statistics is { SimplifiedCaptions: { } simplified, Captions: { } full })
        {
            PrintCaptions(writer, statistics.RareCount, simplified, full);
        }
        else
        {
            writer.WriteLine("No captions: no clip has a description for the brackets of its template.");
        }

        foreach (LabelExample example in examples)
        {
            PrintExample(writer, example);
        }
    }

    private static void PrintCaptions(
        TextWriter writer,
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
        table.Print(writer);
        writer.WriteLine();
        writer.WriteLine($"Rarest words, captions:      {Words(full.RarestWords)}");
        writer.WriteLine($"Rarest words, simplified:    {Words(simplified.RarestWords)}");
        writer.WriteLine($"Rarest kept, captions:       {Words(full.RarestKept)}");
        writer.WriteLine($"Rarest kept, simplified:     {Words(simplified.RarestKept)}");
    }

    private static void PrintExample(TextWriter writer, LabelExample example)
    {
        writer.WriteLine();
        writer.WriteLine($"{example.Id} ({example.Split.Name()})");
        writer.WriteLine($"  group               {example.Group ?? "-"}");
        writer.WriteLine($"  category            {example.Category ?? "-"}");
        writer.WriteLine($"  objects             {Quoted(example.Placeholders)}");
        writer.WriteLine($"  simplified objects  {Quoted(example.SimplifiedPlaceholders)}");
        writer.WriteLine($"  simplified caption  {example.SimplifiedCaption ?? "-"}");
        writer.WriteLine($"  caption             {example.Caption ?? "-"}");
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
