using System.Text.Json;
using TaskGrain.Lab.Reproduction;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Tests.Lab.Reproduction;

public sealed class PaperReproductionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static ReproductionOptions Micro { get; } =
        new()
        {
            Size = ReproductionSize.Micro,
            Seeds = 1,
            Parts = [PaperPart.Table2, PaperPart.Table7],
        };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_slice_that_is_stopped_goes_on_in_another_folder_and_gives_the_same_measurements()
    {
        string first = _folder.File("first");
        using (var stop = new CancellationTokenSource())
        {
            // After the second run, as Ctrl-C would.
            int made = 0;
            var notes = new Listener(_ =>
            {
                if (++made == 2)
                {
                    stop.Cancel();
                }
            });
            Assert.ThrowsAny<OperationCanceledException>(() => Run(first, notes, stop.Token));
        }

        string second = _folder.File("second");
        Assert.Equal(2, new MeasurementFolder(first).ReadAll().Count);
        Carry(first, second);
        SliceResult rest = Run(second, null, default);

        Assert.Equal((2, 4, 4), (rest.Made, rest.Done, rest.All));
        string whole = _folder.File("whole");
        Run(whole, null, default);
        Assert.Equal(Numbers(whole), Numbers(second));
    }

    [Fact]
    public void Sources_are_carried_over_from_the_models_that_a_slice_left()
    {
        string folder = _folder.File("transfer");
        ReproductionOptions options = Micro with { Parts = [PaperPart.Figure5] };
        PaperReproduction.Run(
            options,
            folder,
            OneThread,
            _ => throw new InvalidOperationException(),
            null,
            null,
            default
        );

        ReproductionPage.Write(
            ReproductionPlan.Of(options),
            [.. new MeasurementFolder(folder).ReadAll().Values],
            folder
        );
        string page = File.ReadAllText(Path.Combine(folder, "results.md"));
        Assert.Contains("## Figure 5: carried over to kitchenware", page, StringComparison.Ordinal);
        Assert.All(
            ReproductionPlan.TransferTasks,
            task => Assert.Contains($"| {task.Title} ", page, StringComparison.Ordinal)
        );
        Assert.True(new FileInfo(Path.Combine(folder, "results-figure5-kitchenware-bilstm.png")).Length > 5000);
        string html = File.ReadAllText(Path.Combine(folder, "results.html"));
        Assert.Contains("data:image/png;base64,", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"results", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Measurements_on_other_data_are_not_mixed()
    {
        string path = _folder.File("mixed");
        var folder = new MeasurementFolder(path);
        folder.RequireData("source", "0123");

        folder.RequireData("source", "0123");
        TaskGrainException fault = Assert.Throws<TaskGrainException>(() => folder.RequireData("source", "4567"));
        Assert.Contains("4567", fault.Message, StringComparison.Ordinal);
        Assert.Contains("0123", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_goes_on_with_the_options_it_was_begun_with()
    {
        var folder = new MeasurementFolder(_folder.File("options"));
        folder.Begin(Micro);

        folder.Begin(Micro with { Seeds = 5, Parts = PaperParts.All });
        TaskGrainException fault = Assert.Throws<TaskGrainException>(() => folder.Begin(Micro with { DataSeed = 2 }));
        Assert.Contains("data seed 1", fault.Message, StringComparison.Ordinal);
        Assert.Throws<TaskGrainException>(() => folder.Begin(Micro with { Settings = ["training.epochs=2"] }));
    }

    private static SliceOptions OneThread { get; } = new() { Machine = ["machine.device=cpu", "machine.threads=1"] };

    private static SliceResult Run(string folder, IProgress<string>? notes, CancellationToken cancel) =>
        PaperReproduction.Run(
            Micro,
            folder,
            OneThread,
            _ => throw new InvalidOperationException("one process is asked for"),
            null,
            notes,
            cancel
        );

    /// <summary>What travels to another machine: all but the work folder.</summary>
    private static void Carry(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(from, file);
            if (!relative.StartsWith("work", StringComparison.Ordinal))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, relative))!);
                File.Copy(file, Path.Combine(to, relative));
            }
        }
    }

    private static string[] Numbers(string folder) =>
        [
            .. new MeasurementFolder(folder)
                .ReadAll()
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair =>
                    pair.Key + JsonSerializer.Serialize((pair.Value.Accuracies, pair.Value.Captions), Fields)
                ),
        ];

    private static JsonSerializerOptions Fields { get; } = new(TaskGrainJson.Strict) { IncludeFields = true };

    private sealed class Listener(Action<string> heard) : IProgress<string>
    {
        public void Report(string value) => heard(value);
    }
}
