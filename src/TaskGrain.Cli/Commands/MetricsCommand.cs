using System.CommandLine;
using TaskGrain.Labels;
using TaskGrain.Metrics;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain metrics</c>: scores captions in files.</summary>
internal static class MetricsCommand
{
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

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var references = new Option<string[]>("--references")
        {
            Description = "True captions. Again for more references of the same captions.",
            HelpName = "FILE",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var hypotheses = new Option<string>("--hypotheses")
        {
            Description = "Captions to score.",
            HelpName = "FILE",
            Required = true,
        };
        var metrics = new Option<string[]>("--metrics")
        {
            Description = $"Only some of: {string.Join(", ", MetricWords.Select(m => m.Word))}.",
            HelpName = "METRIC",
            AllowMultipleArgumentsPerToken = true,
        };
        var modules = new Option<string[]>("--meteor-modules")
        {
            Description = "METEOR's matchers, in order; weights go by position. Default: exact stem synonym.",
            HelpName = "MODULE",
            AllowMultipleArgumentsPerToken = true,
        };
        var plain = new Option<bool>("--meteor-plain")
        {
            Description = "METEOR without -norm: tokens between blanks, as they are.",
        };
        var paraphrases = new Option<string>("--paraphrases")
        {
            Description = "METEOR's paraphrase table (paraphrase-en.gz); adds the matcher paraphrase.",
            HelpName = "FILE",
        };
        var vocabulary = new Option<string>("--vocabulary")
        {
            Description =
                "The model's words, one a line. For other words [Something] is right in 'exact match, rare allowed'.",
            HelpName = "FILE",
        };
        var perSegment = new Option<bool>("--per-segment")
        {
            Description = "Print every caption's scores, too (tab-separated).",
        };
        Option<bool> json = Options.Json;
        Option<bool> quiet = Options.Quiet;
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
            json,
            quiet,
        };
        command.SetAction(
            (parsed, cancel) =>
            {
                var options = new CaptionScoreOptions
                {
                    Metrics = ParseMetrics(parsed.GetValue(metrics) ?? []),
                    Vocabulary = ReadVocabulary(parsed.GetValue(vocabulary)),
                    Meteor = new MeteorOptions { Normalize = !parsed.GetValue(plain) }.With(
                        parsed.GetValue(modules) ?? [],
                        parsed.GetValue(paraphrases),
                        cancel
                    ),
                };
                CaptionCorpus corpus = CaptionCorpus.Read(
                    parsed.GetRequiredValue(references),
                    parsed.GetRequiredValue(hypotheses)
                );
                using var progress = new ProgressPrinter(parsed.GetValue(quiet) || corpus.Hypotheses.Count < 100_000);
                CaptionEvaluation evaluation = CaptionEvaluation.Run(
                    corpus.Hypotheses,
                    corpus.References,
                    options,
                    progress,
                    cancel
                );
                var report = new CaptionReport(corpus, evaluation, parsed.GetValue(perSegment));
                Console.Out.Write(parsed.GetValue(json) ? report.ToJson() : report.ToText());
                return Task.FromResult(0);
            }
        );
        return command;
    }

    private static CaptionMetrics ParseMetrics(string[] words)
    {
        var chosen = CaptionMetrics.None;
        foreach (string word in SplitAtCommas(words))
        {
            CaptionMetrics metric = MetricWords.FirstOrDefault(m => m.Word == word).Metric;
            chosen |=
                metric != CaptionMetrics.None
                    ? metric
                    : throw new UsageException(
                        $"--metrics {word}: no such metric; there are "
                            + $"{string.Join(", ", MetricWords.Select(m => m.Word))}."
                    );
        }

        return chosen == CaptionMetrics.None ? CaptionMetrics.All : chosen;
    }

    private static MeteorOptions With(
        this MeteorOptions options,
        string[] words,
        string? paraphrases,
        CancellationToken cancel
    )
    {
        var modules = new List<MeteorModule>();
        foreach (string word in SplitAtCommas(words))
        {
            modules.Add(
                word switch
                {
                    "exact" => MeteorModule.Exact,
                    "stem" => MeteorModule.Stem,
                    "synonym" => MeteorModule.Synonym,
                    "paraphrase" when paraphrases is not null => MeteorModule.Paraphrase,
                    "paraphrase" => throw new UsageException(
                        "--meteor-modules paraphrase: needs a table; give --paraphrases FILE."
                    ),
                    _ => throw new UsageException(
                        $"--meteor-modules {word}: no such module; there are exact, stem, synonym, paraphrase."
                    ),
                }
            );
        }

        if (modules.Count == 0)
        {
            modules.AddRange(options.Modules);
        }

        if (paraphrases is null)
        {
            return options with { Modules = modules };
        }

        if (!modules.Contains(MeteorModule.Paraphrase))
        {
            modules.Add(MeteorModule.Paraphrase);
        }

        return options with
        {
            Modules = modules,
            Paraphrases = ParaphraseTable.Load(paraphrases, cancel),
        };
    }

    private static HashSet<string>? ReadVocabulary(string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            // A model's vocabulary may have been written out with its marks, which are no words.
            return
            [
                .. File.ReadLines(path)
                    .Where(line =>
                        line.Trim() is not (Vocabulary.GoWord or Vocabulary.EndWord or Vocabulary.UnknownWord)
                    )
                    .Select(CaptionText.Clean)
                    .Where(word => word.Length > 0),
            ];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TaskGrainException($"{path}: the vocabulary cannot be read: {fault.Message}", fault);
        }
    }

    private static IEnumerable<string> SplitAtCommas(string[] words) =>
        words.SelectMany(word => word.Split((char[])[',', ' '], StringSplitOptions.RemoveEmptyEntries));
}
