using TaskGrain.Models.Heads;
using TaskGrain.Transfer;
using TaskGrain.Transfer.Benchmark;

namespace TaskGrain.Tests.Transfer.Benchmark;

public sealed class CellLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("cells.jsonl");

    public void Dispose() => _folder.Dispose();

    /// <summary>A kill leaves the file cut somewhere in its last line.</summary>
    [Fact]
    public void A_log_cut_off_at_any_byte_of_its_last_line_opens_and_goes_on()
    {
        Add(0, 1);
        byte[] two = System.IO.File.ReadAllBytes(File);
        Add(2);
        byte[] three = System.IO.File.ReadAllBytes(File);

        for (int cut = two.Length; cut < three.Length; cut++)
        {
            System.IO.File.WriteAllBytes(File, three[..cut]);
            using (var log = new CellLog(File))
            {
                Assert.Equal(2, log.Count);
                Assert.True(log.TryGet("key1", out TransferCell? cell));
                Assert.Equal(Cell(1), cell);
                Assert.False(log.TryGet("key2", out _));
            }

            Add(2);
            Assert.Equal(three, System.IO.File.ReadAllBytes(File));
        }
    }

    [Fact]
    public void A_damaged_line_is_named_and_nothing_is_cut_off()
    {
        Add(0, 1);
        string text = System.IO.File.ReadAllText(File);
        System.IO.File.WriteAllText(File, "x" + text);

        var fault = Assert.Throws<TaskGrainException>(() => new CellLog(File));

        Assert.StartsWith($"{File}, line 1: damaged (", fault.Message);
        Assert.Equal("x" + text, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Two_benchmarks_do_not_write_into_one_folder()
    {
        using var log = new CellLog(File);

        Assert.Contains(
            "another process is writing this benchmark",
            Assert.Throws<TaskGrainException>(() => new CellLog(File)).Message
        );
    }

    private static TransferCell Cell(int number) =>
        new()
        {
            Key = $"key{number}",
            Source = "größer",
            Classifier = ClassifierKind.BiLstm,
            Shots = number == 1 ? ShotCount.Full : new ShotCount(5),
            Run = number,
            TrainClips = 10,
            TestClips = 30,
            Correct = 7,
            Setting = new FewShotSetting(0.5, 0.25),
            Updates = 60,
            VarianceKept = 0.75,
            Seconds = 0.125,
        };

    private void Add(params int[] numbers)
    {
        using var log = new CellLog(File);
        Array.ForEach(numbers, number => log.Add(Cell(number)));
    }
}
