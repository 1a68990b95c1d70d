using System.Text.Json;
using TaskGrain.Evaluation;
using TaskGrain.Lab.Reproduction;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;
using TaskGrain.Tests.Labels;
using TaskGrain.Tests.Video;

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
        Run(folder, null, default, options);

        string page = Page(folder, options);
        Assert.Contains("## Figure 5: carried over to kitchenware", page, StringComparison.Ordinal);
        Assert.All(
            ReproductionPlan.TransferTasks,
            task => Assert.Contains($"| {task.Title} ", page, StringComparison.Ordinal)
        );
        Assert.True(new FileInfo(Path.Combine(folder, "results-figure5-kitchenware-bilstm.png")).Length > 5000);
        string html = File.ReadAllText(Path.Combine(folder, "results.html"));
        Assert.Contains("data:image/png;base64,", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"results", html, StringComparison.Ordinal);

        // A model that is damaged fails its own run and no other.
        string[] left = ["to-kitchenware_cg_m16-16_s1", "to-kitchenware_fg_m16-16_s1"];
        Assert.All(left, id => File.Delete(Path.Combine(folder, "measurements", $"{id}.json")));
        File.WriteAllText(new MeasurementFolder(folder).Model("cg_m16-16_s1"), "no model");
        SliceResult result = Run(folder, null, default, options);
        FailedRun failed = Assert.Single(result.Failed);
        Assert.Equal(left[0], failed.Id);
        Assert.Contains("cg_m16-16_s1.safetensors", failed.Reason, StringComparison.Ordinal);
        Assert.Equal((1, result.All - 1), (result.Made, result.Done));
    }

    [Fact]
    public void A_data_set_in_the_official_form_is_measured_on_validation_clips_whatever_is_wrong_with_some()
    {
        using var data = new V2Folder("labels", "20bn-something-something-v2");
        const string Left = "Pushing [something] from right to left";
        const string Right = "Pushing [something] from left to right";
        data.Train([
            .. Enumerable
                .Range(100, 12)
                .Select(id => Some.Record($"{id}", id % 2 == 0 ? Left : Right, id % 3 == 0 ? "café crème" : "pen")),
            Some.Record("901", Left, "a video that is missing"),
            Some.Record("902", Right, "a video that is no video"),
            Some.Record("903", "Juggling [something]", "ball"),
        ]);
        data.Validation([
            .. Enumerable.Range(200, 6).Select(id => Some.Record($"{id}", id % 2 == 0 ? Left : Right, "cup")),
        ]);
        data.Test(new { id = "300" });
        data.Video("902");
        foreach (int id in (int[])[.. Enumerable.Range(100, 12), .. Enumerable.Range(200, 6), 300])
        {
            Film(Path.Combine(data.Path, data.Videos, $"{id}.webm"), toTheLeft: id % 2 == 0);
        }

        string folder = _folder.File("official");
        ReproductionOptions options = Micro with { Data = data.Path, Parts = [PaperPart.Table2] };
        SliceResult result = Run(folder, null, default, options);

        Assert.Equal((2, 2), (result.Done, result.All));
        Assert.All(
            new MeasurementFolder(folder).ReadAll().Values,
            one =>
            {
                Assert.Equal(Split.Validation, one.Split);
                AccuracyRow classifier = Assert.Single(one.Accuracies, row => row.Method == AccuracyMethod.Classifier);
                Assert.Equal(6, classifier.Clips);
            }
        );
        string page = Page(folder, options);
        Assert.Contains("Table 2 of the paper, with verdicts", page, StringComparison.Ordinal);
        Assert.Contains("on the validation split", page, StringComparison.Ordinal);
        Assert.Contains($"--data {Path.GetFileName(data.Path)}", page, StringComparison.Ordinal);
        Assert.DoesNotContain(data.Path, page, StringComparison.Ordinal);
        string json = File.ReadAllText(Path.Combine(folder, "results.json"));
        Assert.DoesNotContain(data.Path, json, StringComparison.Ordinal);
    }

    /// <summary>A white square that moves to one side.</summary>
    private static void Film(string path, bool toTheLeft) =>
        FfmpegProgram.Run(
            "-f",
            "lavfi",
            "-i",
            "color=black:size=64x48:rate=12:duration=2",
            "-f",
            "lavfi",
            "-i",
            "color=white:size=12x12:rate=12:duration=2",
            "-filter_complex",
            $"[0][1]overlay=x={(toTheLeft ? "50-25*t" : "25*t")}:y=18",
            "-c:v",
            "libvpx",
            "-deadline",
            "realtime",
            path
        );

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

    private static SliceResult Run(
        string folder,
        IProgress<string>? notes,
        CancellationToken cancel,
        ReproductionOptions? options = null
    ) =>
        PaperReproduction.Run(
            options ?? Micro,
            folder,
            OneThread,
            _ => throw new InvalidOperationException("one process is asked for"),
            null,
            notes,
            cancel
        );

    private static string Page(string folder, ReproductionOptions options)
    {
        ReproductionPage.Write(
            ReproductionPlan.Of(options),
            [.. new MeasurementFolder(folder).ReadAll().Values],
            folder
        );
        return File.ReadAllText(Path.Combine(folder, "results.md"));
    }

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
