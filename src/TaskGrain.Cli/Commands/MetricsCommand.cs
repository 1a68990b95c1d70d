using System.CommandLine;
using TaskGrain.Cli.Usage;
using TaskGrain.Labels;
using TaskGrain.Metrics;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain metrics</c>: scores captions in files.</summary>
internal static class MetricsCommand
{
    /// <summary>Captions from which on scoring takes long enough for progress to be shown.</summary>
    private const int WorthWatching = 100_000;

    private const string Description = """
        Score captions against their references: BLEU, ROUGE-L, METEOR, CIDEr, exact match, token accuracy.

        Files: text with one caption a line (several references: several --references files, or tabs within a line),
        or COCO JSON (*.json): references {"annotations":[{"image_id","caption"}]}, captions [{"image_id","caption"}].
        BLEU, ROUGE-L and CIDEr compare lower-case words with punctuation deleted ("T-shirt." is "tshirt"); METEOR
        splits punctuation off by its own rules (-norm) and counts it.

        Example: taskgrain metrics --references truth.txt --hypotheses generated.txt
        """;

    private static readonly (string Word, CaptionMetrics Metric)[] MetricWords =
    [
        ("bleu", CaptionMetrics.Bleu),
        ("rouge", CaptionMetrics.RougeL),
        ("meteor", CaptionMetrics.Meteor),
        ("cider", CaptionMetrics.Cider),
        ("exact", CaptionMetrics.ExactMatch),
        ("tokens", CaptionMetrics.TokenAccuracy),
    ];

    private static readonly (string Word, MeteorModule Module)[] ModuleWords =
    [
        ("exact", MeteorModule.Exact),
        ("stem", MeteorModule.Stem),
        ("synonym", MeteorModule.Synonym),
        ("paraphrase", MeteorModule.Paraphrase),
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string[]> references = Words.Many(
            "--references",
            "FILE",
            "True captions. Again for more references of the same captions.",
            Read.FileName
        );
        references.Required = true;
        references.DefaultValueFactory = null;
        Option<string> hypotheses = Words.One("--hypotheses", "FILE", "Captions to score.", Read.FileName);
        hypotheses.Required = true;
        Option<CaptionMetrics[][]> metrics = Words.Many(
            "--metrics",
            "METRIC",
            $"Only some of: {string.Join(", ", MetricWords.Select(m => m.Word))}.",
            Read.Each(Read.OneOf(MetricWords))
        );
        Option<MeteorModule[][]> modules = Words.Many(
            "--meteor-modules",
            "MODULE",
            "METEOR's matchers, in order; weights go by position. Default: exact stem synonym.",
            Read.Each(Read.OneOf(ModuleWords))
        );
        Option<bool> plain = Words.Flag("--meteor-plain", "METEOR without -norm: tokens between blanks, as they are.");
        Option<string> paraphrases = Words.One(
            "--paraphrases",
            "FILE",
            "METEOR's paraphrase table (paraphrase-en.gz); adds the matcher paraphrase.",
            Read.FileName
        );
        Option<string> vocabulary = Words.One(
            "--vocabulary",
            "FILE",
            "The model's words, one a line. For other words [Something] is right in 'exact match, rare allowed'.",
            Read.FileName
        );
        Option<bool> perSegment = Words.Flag("--per-segment", "Print every caption's scores, too (tab-separated).");
        var command = new Command("metrics", Description)
        {
            references,
            hypotheses,
            metrics,
            modules,
            plain,
            paraphrases,
            vocabulary,
            perSegment,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                CaptionMetrics[] chosen = [.. (parsed.GetValue(metrics) ?? []).SelectMany(words => words)];
                var options = new CaptionScoreOptions
                {
                    Metrics = chosen.Length > 0 ? chosen.Aggregate((all, one) => all | one) : CaptionMetrics.All,
                    Vocabulary = parsed.GetValue(vocabulary) is { } words ? Vocabulary.ReadWords(words) : null,
                    Meteor = Meteor(
                        !parsed.GetValue(plain),
                        [.. (parsed.GetValue(modules) ?? []).SelectMany(words => words)],
                        parsed.GetValue(paraphrases),
                        cancel
                    ),
                };
                CaptionCorpus corpus = CaptionCorpus.Read(
                    parsed.GetRequiredValue(references),
                    parsed.GetRequiredValue(hypotheses)
                );
                CaptionEvaluation evaluation = CaptionEvaluation.Run(
                    corpus.Hypotheses,
                    corpus.References,
                    options,
                    corpus.Hypotheses.Count < WorthWatching ? null : output.Progress,
                    cancel
                );
                var report = new CaptionReport(corpus, evaluation, parsed.GetValue(perSegment));
                if (output.Json)
                {
                    output.PrintJson(report.ToJson());
                }
                else
                {
                    output.Text(report.ToText());
                }

                return 0;
            }
        );
    }

    private static MeteorOptions Meteor(
        bool normalize,
        MeteorModule[] modules,
        string? paraphrases,
        CancellationToken cancel
    )
    {
        var options = new MeteorOptions { Normalize = normalize };
        if (modules.Length > 0)
        {
            options = options with { Modules = modules };
        }

        if (paraphrases is null)
        {
            return modules.Contains(MeteorModule.Paraphrase)
                ? throw new UsageException("--meteor-modules paraphrase: needs a table; give --paraphrases FILE.")
                : options;
        }

        return options with
        {
            Modules = options.Modules.Contains(MeteorModule.Paraphrase)
                ? options.Modules
                : [.. options.Modules, MeteorModule.Paraphrase],
            Paraphrases = ParaphraseTable.Load(paraphrases, cancel),
        };
    }
}
