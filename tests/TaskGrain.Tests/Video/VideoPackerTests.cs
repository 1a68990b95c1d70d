using System.Diagnostics;
using System.Text.Json;
using TaskGrain.Tests.Cli;
using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

public sealed class VideoPackerTests
{
    private static readonly PackOptions Options = new() { Format = new FrameFormat(32, 24, 12), Threads = 3 };

    [Theory]
    [InlineData(null)]
    [InlineData(95)]
    public void Videos_are_packed_in_order_and_failures_are_listed_with_their_reason(int? jpegQuality)
    {
        using var folder = new TemporaryFolder();
        List<PackItem> items = Clips(folder, 12);
        File.WriteAllText(folder.File("bad.webm"), "no video");
        items.Insert(3, new PackItem("bad", folder.File("bad.webm")));
        items.Add(new PackItem("missing", folder.File("missing.webm")));
        PackOptions options = Options with { Compression = new FrameCompression(jpegQuality) };
        var reports = new List<WorkProgress>();

        PackReport report = VideoPacker.Run(items, folder.File("store"), options, new Immediate(reports));

        Assert.Equal((14, 0, 12, true), (report.Asked, report.AlreadyThere, report.Added, report.Finished));
        Assert.Equal(["bad", "missing"], report.Failures.Select(failure => failure.Id));
        Assert.Contains("no such file", report.Failures[1].Reason, StringComparison.Ordinal);
        Assert.Equal(14, reports.Count);
        Assert.Equal(14, reports[^1].Done);
        Assert.Contains("2 failed", reports[^1].Detail, StringComparison.Ordinal);
        using (JsonDocument file = JsonDocument.Parse(File.ReadAllText(folder.File("store/pack-report.json"))))
        {
            Assert.Equal(
                folder.File("bad.webm"),
                file.RootElement.GetProperty("failures")[0].GetProperty("path").GetString()
            );
        }

        using FrameStore store = FrameStore.Open(folder.File("store"));
        Assert.Equal(items.Select(item => item.Id).Except(["bad", "missing"]), store.Ids);
        Assert.Empty(store.Verify());
        VideoFrames direct = VideoReader.Read(items[5].Path, options.Format);
        Assert.InRange(
            FrameAssert.Difference(direct.Pixels.Span, store.Read(4).Pixels.Span),
            0,
            jpegQuality is null ? 0 : 20
        );
    }

    [Fact]
    public void The_store_is_the_same_bytes_for_any_number_of_threads()
    {
        using var folder = new TemporaryFolder();
        List<PackItem> items = Clips(folder, 12);
        VideoPacker.Run(items, folder.File("one"), Options with { Threads = 1 });
        VideoPacker.Run(items, folder.File("many"), Options with { Threads = 8 });
        foreach (string file in (string[])["store.json", "index.bin", "frames-00000.bin"])
        {
            Assert.Equal(File.ReadAllBytes(folder.File($"one/{file}")), File.ReadAllBytes(folder.File($"many/{file}")));
        }
    }

    [Fact]
    public void A_second_run_adds_only_what_is_new_and_tries_failures_again()
    {
        using var folder = new TemporaryFolder();
        List<PackItem> items = Clips(folder, 6);
        items.Add(new PackItem("late", folder.File("late.webm")));
        VideoPacker.Run(items, folder.File("store"), Options);
        byte[] before = File.ReadAllBytes(folder.File("store/frames-00000.bin"));
        File.Copy(items[0].Path, folder.File("late.webm"));

        PackReport report = VideoPacker.Run(items, folder.File("store"), Options);

        Assert.Equal((7, 6, 1), (report.Asked, report.AlreadyThere, report.Added));
        Assert.Empty(report.Failures);
        Assert.Equal(before, File.ReadAllBytes(folder.File("store/frames-00000.bin"))[..before.Length]);
    }

    [Fact]
    public void A_cancelled_run_keeps_what_was_finished_and_goes_on()
    {
        // When the fourth clip is written, those that are decoded already go in with it: 64 wait for it at most.
        const int count = 80;
        using var folder = new TemporaryFolder();
        List<PackItem> items = Clips(folder, count);
        using var cancel = new CancellationTokenSource();
        var stopper = new Stopper(cancel, after: 4);

        Assert.Throws<OperationCanceledException>(() =>
            VideoPacker.Run(items, folder.File("store"), Options, stopper, cancel.Token)
        );

        using (FrameStore store = FrameStore.Open(folder.File("store")))
        {
            Assert.InRange(store.Count, 4, 4 + 64);
            Assert.Equal(items.Take(store.Count).Select(item => item.Id), store.Ids);
        }

        Assert.Contains(
            "\"finished\": false",
            File.ReadAllText(folder.File("store/pack-report.json")),
            StringComparison.Ordinal
        );
        PackReport report = VideoPacker.Run(items, folder.File("store"), Options);
        Assert.Equal(count, report.AlreadyThere + report.Added);
        using FrameStore whole = FrameStore.Open(folder.File("store"));
        Assert.Equal(items.Select(item => item.Id), whole.Ids);
        Assert.Empty(whole.Verify());
    }

    /// <summary>The real thing: the program, killed with -9 again and again, then run to its end.</summary>
    [Fact]
    public void A_program_killed_at_any_moment_leaves_a_store_that_opens_and_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the launcher's layout differs");
        using var folder = new TemporaryFolder();
        List<PackItem> items = Clips(folder, 3);
        foreach (string kind in (string[])["poking", "pushing"])
        {
            for (int i = 0; i < 150; i++)
            {
                Directory.CreateDirectory(folder.File($"data/{kind}"));
                File.CreateSymbolicLink(folder.File($"data/{kind}/{i}.webm"), items[i % 3].Path);
            }
        }

        int before = 0;
        Directory.CreateDirectory(folder.File("store"));
        foreach (int changes in (int[])[1, 5, 30, 60])
        {
            Assert.True(Kill.AfterChanges(() => StartPack(folder), folder.File("store"), changes));
            if (File.Exists(folder.File("store/index.bin")))
            {
                using FrameStore store = FrameStore.Open(folder.File("store"));
                Assert.True(store.Count >= before);
                Assert.Empty(store.Verify());
                before = store.Count;
            }
        }

        using (Process pack = StartPack(folder))
        {
            pack.WaitForExit();
            Assert.Equal(0, pack.ExitCode);
        }

        using FrameStore whole = FrameStore.Open(folder.File("store"));
        Assert.Equal(300, whole.Count);
        Assert.Empty(whole.Verify());
    }

    [Fact]
    public void A_name_that_is_there_twice_is_refused()
    {
        using var folder = new TemporaryFolder();
        PackItem[] items = [new("a", "x.webm"), new("a", "y.webm")];
        Assert.Contains(
            "'a'",
            Assert.Throws<TaskGrainException>(() => VideoPacker.Run(items, folder.File("store"), Options)).Message,
            StringComparison.Ordinal
        );
    }

    private static Process StartPack(TemporaryFolder folder)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "TaskGrain.Cli"))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (
            string argument in (string[])
                [
                    "pack",
                    "--data",
                    folder.File("data"),
                    "--store",
                    folder.File("store"),
                    "--size",
                    "64",
                    "--threads",
                    "2",
                    "--quiet",
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Clips of different lengths, so that threads finish out of order.</summary>
    private static List<PackItem> Clips(TemporaryFolder folder, int count)
    {
        var items = new List<PackItem>();
        for (int i = 0; i < Math.Min(count, 3); i++)
        {
            FfmpegProgram.Clip(
                folder.File($"clip{i}.webm"),
                "12",
                i == 0 ? "3" : "0.5",
                "-c:v",
                "libvpx",
                "-deadline",
                "realtime",
                "-cpu-used",
                "8"
            );
        }

        for (int i = 0; i < count; i++)
        {
            items.Add(new PackItem($"id{i}", folder.File($"clip{i % 3}.webm")));
        }

        return items;
    }

    private sealed class Immediate(List<WorkProgress> reports) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => reports.Add(value);
    }

    private sealed class Stopper(CancellationTokenSource cancel, int after) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.Done == after)
            {
                cancel.Cancel();
            }
        }
    }
}
