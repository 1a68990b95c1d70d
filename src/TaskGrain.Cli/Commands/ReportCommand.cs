using System.CommandLine;
using TaskGrain.Cli.Terminal;
using TaskGrain.Cli.Usage;
using TaskGrain.Data;
using TaskGrain.Evaluation;
using TaskGrain.Explain.Reports;
using TaskGrain.Labels;
using TaskGrain.Models;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain report</c>: a run as one page for a browser.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Argument<string> folder = Words.Argument(
            "RUN",
            "The folder of a training, an evaluation (eval --out), a teaching (teach --report) or a transfer "
                + "benchmark.",
            Read.FileName
        );
        Option<DirectoryInfo> store = Options.Store;
        store.Description =
            "The frame store of the clips: for their pictures, and to measure the best model of a training that has "
            + "no evaluation yet.";
        Option<FileInfo> model = Options.Model;
        model.Description =
            "The model that explains examples (Grad-CAM), with --store: a file or the name of a shipped model. The "
            + "training's best model by default.";
        Option<Split> split = Options.OneSplit("--split", Split.Validation);
        Option<FileInfo> file = Words.One(
            "--out",
            "FILE",
            "The page to write; report.html in RUN by default.",
            Read.File
        );
        Option<int> examples = Words.One(
            "--examples",
            "N",
            "Examples shown at length: so many right ones and as many wrong ones.",
            Read.Whole(0, 100),
            new ReportOptions().Examples
        );
        var compute = new ComputeOptions();
        var command = new Command(
            "report",
            "Make one self-contained page of a run for a browser: curves, tables beside the paper's, a confusion "
                + "matrix to explore, groups, contrasts, and examples with what spoke for the answer.\n"
                + "Example: taskgrain report run --store store --out report.html"
        )
        {
            folder,
            store,
            model,
            split,
            file,
            examples,
            compute.Device,
            compute.Precision,
            compute.Threads,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                RunFolder run = RunFolder.Open(parsed.GetRequiredValue(folder));
                using LabelledStore? clips = parsed.GetValue(store) is { } place
                    ? LabelledStore.Open(place.FullName)
                    : null;
                string? weights = parsed.GetValue(model)?.FullName ?? run.Model;
                using VideoModel? loaded = clips is null || weights is null ? null : compute.Load(parsed, weights);
                if (run is { Training: not null, Evaluation: null } && loaded is not null)
                {
                    var measured = new EvaluationOptions { Split = parsed.GetValue(split), NearestNeighbours = false };
                    run = run with { Evaluation = Evaluator.Run(loaded, clips!, measured, output.Progress, cancel) };
                }

                ReportPage page = RunReport.Compose(
                    run,
                    clips,
                    loaded,
                    new ReportOptions { Examples = parsed.GetValue(examples) },
                    output.Progress,
                    cancel
                );
                ReportSummary summary = RunReport.Write(
                    page,
                    parsed.GetValue(file)?.FullName ?? Path.Combine(run.Folder, "report.html")
                );
                output.Result(
                    summary,
                    $"written: {Paths.Shown(summary.File)} ({summary.Bytes / 1e6:0.0} MB: "
                        + $"{string.Join(", ", summary.Sections)})"
                );
                return 0;
            }
        );
    }
}
