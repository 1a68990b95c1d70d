using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TaskGrain.Metrics;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Cli.Commands;

/// <summary>What <c>taskgrain metrics</c> prints.</summary>
/// <param name="corpus">The captions.</param>
/// <param name="evaluation">Their scores.</param>
/// <param name="perSegment">Whether every caption's scores are printed.</param>
internal sealed class CaptionReport(CaptionCorpus corpus, CaptionEvaluation evaluation, bool perSegment)
{
    private static readonly (string Key, string Name, Func<CaptionScores, double> Value)[] Columns =
    [
        ("bleu1", "BLEU-1", s => s.Bleu1),
        ("bleu2", "BLEU-2", s => s.Bleu2),
        ("bleu3", "BLEU-3", s => s.Bleu3),
        ("bleu4", "BLEU-4", s => s.Bleu4),
        ("rougeL", "ROUGE-L", s => s.RougeL),
        ("meteor", "METEOR", s => s.Meteor),
        ("cider", "CIDEr", s => s.Cider),
        ("exactMatch", "exact match", s => s.ExactMatch),
        ("exactMatchAllowingRare", "exact match, rare allowed", s => s.ExactMatchAllowingRare),
        ("tokenAccuracy", "token accuracy", s => s.TokenAccuracy),
        ("tokenAccuracyWithPadding", "token accuracy, with padding", s => s.TokenAccuracyWithPadding),
    ];

    /// <summary>A table for people: percent, but for CIDEr.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        if (perSegment)
        {
            var shown = Columns.Where(column => IsComputed(column.Value)).ToArray();
            text.AppendLine(string.Join('\t', ["id", .. shown.Select(column => column.Key)]));
            foreach ((string id, CaptionScores segment) in corpus.Ids.Zip(evaluation.Segments))
            {
                text.AppendLine(
                    string.Join(
                        '\t',
                        [id, .. shown.Select(c => c.Value(segment).ToString("R", CultureInfo.InvariantCulture))]
                    )
                );
            }

            text.AppendLine();
        }

        text.AppendLine(
            $"{evaluation.Scores.Captions} captions, {Describe(corpus.References)}; percent, CIDEr from 0 to 10"
        );
        foreach (
            (string _, string name, Func<CaptionScores, double> value) in Columns.Where(column =>
                IsComputed(column.Value)
            )
        )
        {
            double score = value(evaluation.Scores);
            text.AppendLine($"{name,-30}{(name == "CIDEr" ? score : 100 * score),8:0.00}");
        }

        if (IsCiderZeroByDefinition)
        {
            text.AppendLine(
                "CIDEr weighs words by how few of the captions have them, so that of a single caption is always 0; "
                    + "score more captions together."
            );
        }

        return text.ToString();
    }

    /// <summary>One object for programs: fractions in full precision.</summary>
    public string ToJson()
    {
        JsonObject root = ToObject(evaluation.Scores);
        root.Insert(0, "captions", evaluation.Scores.Captions);
        if (IsComputed(scores => scores.Cider))
        {
            root["ciderIsZeroByDefinition"] = IsCiderZeroByDefinition;
        }

        if (perSegment)
        {
            root["segments"] = new JsonArray([
                .. corpus.Ids.Zip(
                    evaluation.Segments,
                    (id, segment) =>
                    {
                        JsonObject one = ToObject(segment);
                        one.Insert(0, "id", id);
                        return one;
                    }
                ),
            ]);
        }

        return root.ToJsonString(TaskGrainJson.Readable);
    }

    /// <summary>With one caption every document frequency is 1 of 1, and every weight the logarithm of 1.</summary>
    private bool IsCiderZeroByDefinition => evaluation.Scores.Captions == 1 && IsComputed(scores => scores.Cider);

    private JsonObject ToObject(CaptionScores scores) =>
        new(
            Columns
                .Where(column => IsComputed(column.Value))
                .Select(column => KeyValuePair.Create(column.Key, (JsonNode?)column.Value(scores)))
        );

    private bool IsComputed(Func<CaptionScores, double> value) => !double.IsNaN(value(evaluation.Scores));

    private static string Describe(IReadOnlyList<IReadOnlyList<string>> references)
    {
        int fewest = references.Min(r => r.Count);
        int most = references.Max(r => r.Count);
        return (fewest, most) switch
        {
            (1, 1) => "1 reference each",
            _ when fewest == most => $"{most} references each",
            _ => $"{fewest} to {most} references each",
        };
    }
}
