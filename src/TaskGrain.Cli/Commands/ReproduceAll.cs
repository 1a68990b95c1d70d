using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using TaskGrain.Cli.Usage;
using TaskGrain.Lab.Reproduction;

namespace TaskGrain.Cli.Commands;

/// <summary><c>taskgrain reproduce all</c>: the paper's tables and figures from one command, with verdicts.</summary>
internal static class ReproduceAll
{
    private const string Generated = "synth";
    private const string WorkerName = "worker";
    private const double MostMinutes = 1_000_000;

    public static Command Create()
    {
        Option<DirectoryInfo> folder = Options.Out;
        folder.Description =
            "Folder that keeps measurements and models; another slice goes on from it, also elsewhere.";
        folder.Required = true;
        Option<DirectoryInfo> data = Options.Data;
        data.Description = $"{Generated} for generated clips, or a data set in any supported form.";
        data.DefaultValueFactory = _ => new DirectoryInfo(Generated);
        Option<DirectoryInfo> kitchenware = Words.One(
            "--kitchenware",
            "FOLDER",
            "The kitchenware data set, for Figure 5; generated where the clips are generated.",
            Read.Folder
        );
        Option<RealTarget[]> real = Words.Repeated(
            "--real",
            "FOLDER[=GROUPS]",
            "A further target of Figure 5: a folder with one subfolder of clips a class. GROUPS, a table "
                + "FILE.csv[:COLUMN] or a pattern such as */{group}-*, says which clips belong together, such as "
                + "those of a room; a third of them are tested on, unless the folder has a test split. May be given "
                + "several times.",
            RealTarget.Parse
        );
        Option<ReproductionSize> size = Words.One(
            "--size",
            "SIZE",
            "micro (for tests), study or paper.",
            Read.NameOf<ReproductionSize>,
            ReproductionSize.Study
        );
        Option<IReadOnlyList<PaperPart>> only = Words.One<IReadOnlyList<PaperPart>>(
            "--only",
            "PARTS",
            $"Parts of the paper, such as table2,figure5: {string.Join(", ", PaperParts.All.Select(PaperParts.Name))}.",
            PaperParts.Parse,
            PaperParts.All
        );
        Option<int> seeds = Words.One("--seeds", "N", "Training seeds.", Read.Whole(1, 1000), 5);
        Option<int?> clips = Words.Optional(
            "--clips",
            "N",
            "Clips of the generated set.",
            Read.Whole(1, Options.MostClips)
        );
        Option<ulong> seed = Options.Seed;
        seed.Description = "Seed of the generated sets.";
        Option<string[]> set = Options.Set("A value over the size's own, such as training.epochs=12.");
        Option<double?> minutes = Minutes();
        Option<int> parallel = Words.One(
            "--parallel",
            "N",
            "Runs side by side, each in a process of its own.",
            Read.Whole(1, 256),
            1
        );
        var compute = new ComputeOptions();
        Option<bool> pageOnly = Words.Flag("--page-only", "Make no run: write the page of the measurements there are.");
        Option<FileInfo> page = Words.One("--page", "FILE", "The page to write; OUT/results.md by default.", Read.File);
        var command = new Command(
            "all",
            """
            Every table and figure of the paper, with verdicts on its claims.
            Goes on where it was stopped, also in another folder's copy on another machine.

            Example: taskgrain reproduce all --out reproduction --minutes 30 --only table2,table7
            """
        )
        {
            folder,
            data,
            kitchenware,
            real,
            size,
            only,
            seeds,
            clips,
            seed,
            set,
            minutes,
            parallel,
            compute.Device,
            compute.Precision,
            page,
            pageOnly,
        };
        return command.Runs(
            (parsed, output, cancel) =>
            {
                DirectoryInfo source = parsed.GetRequiredValue(data);
                var options = new ReproductionOptions
                {
                    Size = parsed.GetValue(size),
                    Data = source.ToString() == Generated ? null : source.FullName,
                    Kitchenware = parsed.GetValue(kitchenware)?.FullName,
                    Real = parsed.GetValue(real) ?? [],
                    Parts = parsed.GetValue(only)!,
                    Seeds = parsed.GetValue(seeds),
                    DataSeed = parsed.GetValue(seed),
                    Clips = parsed.GetValue(clips),
                    Settings = parsed.GetValue(set) ?? [],
                };
                UsageException.Check(options.Validate);
                string path = parsed.GetRequiredValue(folder).FullName;
                var slice = new SliceOptions
                {
                    Time = parsed.GetValue(minutes) is { } time ? TimeSpan.FromMinutes(time) : null,
                    Parallel = parsed.GetValue(parallel),
                    Machine = compute.DeviceSettings(parsed),
                };
                SliceResult? result = parsed.GetValue(pageOnly)
                    ? null
                    : PaperReproduction.Run(
                        options,
                        path,
                        slice,
                        rest => Worker(path, rest),
                        output.Progress,
                        output.Notes,
                        cancel
                    );
                string written = parsed.GetValue(page)?.FullName ?? Path.Combine(path, "results.md");
                IReadOnlyList<Verdict> verdicts = ReproductionPage.Write(
                    ReproductionPlan.Of(options),
                    [.. new MeasurementFolder(path).ReadAll().Values],
                    Path.GetDirectoryName(written)!,
                    Path.GetFileNameWithoutExtension(written)
                );
                output.Result(
                    new
                    {
                        page = written,
                        slice = result,
                        verdicts = verdicts.Select(one => new
                        {
                            one.Claim.Number,
                            one.Claim.Statement,
                            verdict = one.Kind,
                        }),
                    },
                    result is null
                        ? written
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"{written}: {result.Done} of {result.All} runs are done{Left(result)}"
                        )
                );
                RequireNoFailure(result);
                return 0;
            }
        );
    }

    /// <summary>The command that makes runs beside the one that was asked; it starts them itself.</summary>
    public static Command CreateWorker()
    {
        Option<DirectoryInfo> folder = Options.Out;
        folder.Required = true;
        Option<double?> minutes = Minutes();
        Option<string[]> set = Options.Set("Device, precision and threads.");
        var command = new Command(
            WorkerName,
            "Makes runs of a reproduction beside the process that began it, which starts it itself.\n"
                + "Example: taskgrain reproduce worker --out reproduction --set machine.threads=1"
        )
        {
            folder,
            minutes,
            set,
        };
        command.Hidden = true;
        return command.Runs(
            (parsed, output, cancel) =>
            {
                SliceResult result = PaperReproduction.Work(
                    parsed.GetRequiredValue(folder).FullName,
                    new SliceOptions
                    {
                        Time = parsed.GetValue(minutes) is { } time ? TimeSpan.FromMinutes(time) : null,
                        Machine = parsed.GetValue(set) ?? [],
                    },
                    output.Notes,
                    cancel
                );
                RequireNoFailure(result);
                return 0;
            }
        );
    }

    private static void RequireNoFailure(SliceResult? result)
    {
        if (result is { Failed.Count: > 0 })
        {
            throw new TaskGrainException(
                $"{result.Failed.Count} runs failed, which the next slice makes again: "
                    + string.Join("; ", result.Failed.Select(run => $"{run.Id}: {run.Reason}"))
            );
        }
    }

    private static Option<double?> Minutes() =>
        Words.Optional(
            "--minutes",
            "M",
            "Stop in good time before so many minutes have passed.",
            Read.Positive(MostMinutes)
        );

    private static string Left(SliceResult result) =>
        result.Done == result.All
            ? ""
            : $"; the others take about {Minutes(result)} minutes on this machine, one at a time";

    private static string Minutes(SliceResult result) =>
        Math.Ceiling(result.SecondsLeft / 60).ToString("0", CultureInfo.InvariantCulture);

    private static Process Worker(string folder, SliceOptions rest)
    {
        string program =
            Environment.ProcessPath
            ?? throw new TaskGrainException("The program cannot find itself, to start a second time.");
        var start = new ProcessStartInfo(program) { UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        }

        List<string> words = ["reproduce", WorkerName, "--out", folder];
        if (rest.Time is { } time)
        {
            words.AddRange([
                "--minutes",
                Math.Max(0.001, time.TotalMinutes).ToString("0.000", CultureInfo.InvariantCulture),
            ]);
        }

        foreach (string setting in rest.Machine)
        {
            words.AddRange(["--set", setting]);
        }

        words.ForEach(start.ArgumentList.Add);
        return Process.Start(start)!;
    }
}
