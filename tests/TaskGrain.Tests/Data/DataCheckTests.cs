using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Tests.Labels;

namespace TaskGrain.Tests.Data;

public sealed class DataCheckTests
{
    private static readonly DataCheckOptions NoDecoding = new() { Decode = DecodeChoice.None };

    [Fact]
    public void Counts_of_splits_and_categories_are_those_of_the_usable_clips()
    {
        using var folder = new V2Folder();
        folder.Train(
            Some.Record("1", Some.HoldingTemplate, "cup"),
            Some.Record("2", Some.HoldingTemplate, "pen"),
            "bad"
        );
        folder.Test(new { id = "4" });
        folder.Video("4");
        DataCheckReport report = DataCheck.Run(folder.Path, NoDecoding);
        Assert.Equal(new SplitCounts(2, 1, 1), report.Clips);
        Assert.Equal(new SplitCounts(0, 0, 1), report.Unlabelled);
        Assert.Equal(
            [new CategoryCounts("Holding [something]", "Holding something", new SplitCounts(2, 1, 0))],
            report.Categories
        );
        Assert.Equal(1, report.LeftOut);
        Assert.True(report.Usable);
        Assert.False(report.Clean);
        Assert.Null(report.Packing);
        Assert.Equal(
            [DataProblemKind.BadRecord, DataProblemKind.ClassBalance, DataProblemKind.ClassBalance],
            report.Problems.Select(p => p.Kind)
        );
    }

    [Fact]
    public void A_data_set_with_nothing_wrong_is_clean()
    {
        using var folder = new V2Folder();
        folder.Train([
            .. Enumerable
                .Range(10, 10)
                .Select(i => Some.Record($"{i}", i < 15 ? Some.HoldingTemplate : "Closing [something]", "cup")),
        ]);
        folder.Video([.. Enumerable.Range(10, 10).Select(i => $"{i}")]);
        Assert.Empty(DataCheck.Run(folder.Path, NoDecoding).Problems);
        Assert.True(DataCheck.Run(folder.Path, NoDecoding).Clean);
    }

    [Fact]
    public void The_same_content_in_two_splits_is_a_leak_and_in_one_split_a_duplicate()
    {
        using var folder = new V2Folder();
        string content = new('v', 100_000);
        string almost = content[..99_999] + "w"; // same size, head and middle; another file all the same
        folder.Train(
            Some.Record("1", Some.HoldingTemplate, "cup"),
            Some.Record("2", "Closing [something]", "cup"),
            Some.Record("5", Some.HoldingTemplate, "cup")
        );
        foreach (string id in new[] { "1", "2", "3" })
        {
            folder.File($"{id}.webm", content);
        }

        folder.File("5.webm", almost);
        DataProblem[] found =
        [
            .. DataCheck
                .Run(folder.Path, NoDecoding)
                .Problems.Where(p => p.Kind is DataProblemKind.SplitLeak or DataProblemKind.DuplicateContent),
        ];
        Assert.Equal(
            [(DataProblemKind.DuplicateContent, "2.webm"), (DataProblemKind.SplitLeak, "3.webm")],
            found.Select(p => (p.Kind, p.File))
        );
        Assert.Contains("'Holding [something]' and 'Closing [something]'", found[0].Reason, StringComparison.Ordinal);
        Assert.Contains("train clip 1.webm", found[1].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(
            DataCheck.Run(folder.Path, NoDecoding with { CompareContents = false }).Problems,
            p => p.Kind == DataProblemKind.SplitLeak
        );
    }

    [Fact]
    public void Folders_of_frames_are_compared_too()
    {
        using var folder = new TemporaryFolder();
        foreach (string clip in new[] { "train/a/1", "train/a/2", "test/a/3" })
        {
            Directory.CreateDirectory(folder.File(clip));
            File.WriteAllText(folder.File($"{clip}/00001.jpg"), "first");
            File.WriteAllText(folder.File($"{clip}/00002.jpg"), clip == "train/a/2" ? "other!" : "second");
        }

        DataProblem leak = Assert.Single(
            DataCheck.Run(folder.Path, NoDecoding).Problems,
            p => p.Kind == DataProblemKind.SplitLeak
        );
        Assert.Equal("test/a/3", leak.File);
    }

    [Fact]
    public void Unbalanced_and_untrained_categories_are_named()
    {
        using var folder = new V2Folder();
        folder.Train([
            .. Enumerable
                .Range(10, 21)
                .Select(i => Some.Record($"{i}", i == 30 ? "Closing [something]" : Some.HoldingTemplate, "cup")),
        ]);
        folder.Validation(Some.Record("40", "Opening [something]", "cup"));
        folder.Video([.. Enumerable.Range(10, 21).Select(i => $"{i}"), "40"]);
        string[] reasons =
        [
            .. DataCheck.Run(folder.Path, NoDecoding with { Imbalance = 10 }).Problems.Select(p => p.Reason),
        ];
        Assert.Equal(
            [
                "1 category is measured and never trained: 'Opening [something]'.",
                "1 category is trained on fewer than 5 clips: 'Closing [something]'.",
                "'Holding [something]' has 20 training clips and 'Closing [something]' has 1.",
            ],
            reasons
        );
    }

    [Fact]
    public void A_data_set_whose_training_clips_have_no_category_is_not_usable()
    {
        using var folder = new V2Folder();
        folder.Train("bad");
        DataCheckReport report = DataCheck.Run(folder.Path, NoDecoding);
        Assert.False(report.Usable);
        Assert.Contains(report.Problems, p => p.Kind == DataProblemKind.MissingSplit);
    }

    [Fact]
    public void Decoding_finds_files_that_are_no_videos()
    {
        using var folder = new V2Folder();
        DataCheckReport report = DataCheck.Run(folder.Path, new DataCheckOptions { Decode = DecodeChoice.All });
        Assert.Equal(3, report.Decoded);
        Assert.Equal((3, 3), (report.FailedToDecode, report.LeftOut));
        Assert.Equal(0, report.Clips.Total);
        Assert.False(report.Usable);
        DataProblem[] unreadable = [.. report.Problems.Where(p => p.Kind == DataProblemKind.UnreadableMedia)];
        Assert.Equal(["1.webm", "2.webm", "3.webm"], unreadable.Select(p => p.File));
        Assert.All(unreadable, problem => Assert.DoesNotContain(folder.Path, problem.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void The_estimate_scales_with_the_number_of_clips()
    {
        string clip = TestData.Clip("166766.webm");
        using var folder = new V2Folder();
        foreach (string id in new[] { "1", "2", "3" })
        {
            File.Copy(clip, Path.Combine(folder.Path, $"{id}.webm"), overwrite: true);
        }

        DataCheckReport one = DataCheck.Run(folder.Path, new DataCheckOptions { SampleSize = 1 });
        DataCheckReport all = DataCheck.Run(folder.Path, new DataCheckOptions { Decode = DecodeChoice.All });
        Assert.Equal(1, one.Decoded);
        Assert.Equal(49, one.Packing!.FramesPerClip);
        Assert.Equal(3L * 49 * 128 * 128 * 3, one.Packing.RawBytes);
        Assert.Equal(one.Packing.RawBytes, all.Packing!.RawBytes);
        Assert.Equal(one.Packing.JpegBytes, all.Packing.JpegBytes);
        Assert.InRange(one.Packing.JpegBytes, one.Packing.RawBytes / 50, one.Packing.RawBytes / 3);
        Assert.True(one.Packing.Seconds > 0);
    }

    [Fact]
    public void A_check_can_be_stopped()
    {
        using var folder = new V2Folder();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => DataCheck.Run(folder.Path, NoDecoding, null, stop.Token));
    }

    [Fact]
    public void Progress_ends_at_the_number_of_clips()
    {
        using var folder = new V2Folder();
        var seen = new List<WorkProgress>();
        DataCheck.Run(
            folder.Path,
            new DataCheckOptions { Decode = DecodeChoice.All, Threads = 1 },
            new Collector(seen)
        );
        Assert.Equal(3, seen.Last(report => report.Stage == "decoding").Done);
    }

    [Fact]
    public void Options_that_cannot_be_are_all_named()
    {
        string message = Assert
            .Throws<TaskGrainException>(
                new DataCheckOptions
                {
                    SampleSize = 0,
                    JpegQuality = 0,
                    Imbalance = 0,
                }.Validate
            )
            .Message;
        Assert.All(
            new[] { "SampleSize", "JpegQuality", "Imbalance" },
            name => Assert.Contains(name, message, StringComparison.Ordinal)
        );
    }

    private sealed class Collector(List<WorkProgress> seen) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => seen.Add(value);
    }
}
