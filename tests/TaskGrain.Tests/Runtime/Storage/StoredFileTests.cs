using TaskGrain.Runtime.Storage;

namespace TaskGrain.Tests.Runtime.Storage;

public sealed class StoredFileTests
{
    [Fact]
    public void Parts_are_read_by_their_places()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a"), [0, 1, 2, 3, 4, 5, 6, 7]);
        using var file = new StoredFile(folder.File("a"));

        byte[] part = new byte[3];
        file.Read(5, part);

        Assert.Equal(8, file.Length);
        Assert.Equal<byte>([5, 6, 7], part);
    }

    [Fact]
    public void A_file_that_is_cut_short_while_it_is_open_ends_the_read_and_not_the_process()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a"), new byte[100_000]);
        using var file = new StoredFile(folder.File("a"));
        using (FileStream other = new(folder.File("a"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            other.SetLength(60_000);
        }

        byte[] part = new byte[20_000];
        file.Read(40_000, part);
        var fault = Assert.Throws<TaskGrainException>(() => file.Read(50_000, part));

        Assert.Contains($"{folder.File("a")}: the file ends at byte 60000", fault.Message);
        Assert.Contains("it had 100000 when it was opened", fault.Message);
    }
}
