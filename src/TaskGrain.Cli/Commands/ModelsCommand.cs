using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Labels;
using TaskGrain.Models;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain models</c>: the models that come with the program, and their cards.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        Argument<string> name = Words.Argument(
            "NAME",
            "A model whose card is printed; without it all are listed.",
            Read.FileName
        );
        name.Arity = ArgumentArity.ZeroOrOne;
        var command = new Command(
            "models",
            """
            List the models that come with the program, or print a model's card. Their names stand for their weights
            wherever a model file is taken.

            Example: taskgrain models base
            """
        )
        {
            name,
        };
        return command.Runs(
            (parsed, output, _) =>
            {
                ModelCatalog catalog = ModelCatalog.Installed();
                string? wanted = parsed.GetValue(name);
                Print(output, wanted is null ? catalog.Models() : [catalog.Get(wanted)], cards: wanted is not null);
                return 0;
            }
        );
    }

    private static void Print(CommandOutput output, IReadOnlyList<ShippedModel> models, bool cards)
    {
        if (output.Json)
        {
            output.Print(models.Select(Describe).ToArray());
            return;
        }

        if (models.Count == 0)
        {
            output.Note("No model is shipped with this program.");
        }

        foreach (ShippedModel model in models)
        {
            ModelEntry entry = Describe(model);
            output.Line(
                $"{entry.Name}: {entry.Architecture}, {entry.Granularity.Name()}, {entry.Classes} classes, "
                    + $"{entry.Bytes / 1e6:0.0} MB"
            );
            output.Text(cards ? Environment.NewLine + model.Card() : $"  {model.Summary}{Environment.NewLine}");
        }
    }

    private static ModelEntry Describe(ShippedModel model)
    {
        ModelDescription description = ModelFile.LoadDescription(model.Weights);
        return new ModelEntry(
            model.Name,
            model.Title,
            model.Summary,
            model.Weights,
            new FileInfo(model.Weights).Length,
            description.Encoder.Architecture.ToString(),
            description.Granularity,
            description.Classes.Count,
            description.Decoder is not null
        );
    }

    /// <summary>A model as <c>--json</c> tells it.</summary>
    private sealed record ModelEntry(
        string Name,
        string Title,
        string Summary,
        string Weights,
        long Bytes,
        string Architecture,
        Granularity Granularity,
        int Classes,
        bool Captions
    );
}
