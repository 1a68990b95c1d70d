using TaskGrain.Runtime.Storage;

namespace TaskGrain.Tests.Runtime.Storage;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_failed_write_leaves_the_old_file_and_no_other()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.txt");
        AtomicFile.WriteText(path, "old");

        Assert.Throws<InvalidOperationException>(() =>
            AtomicFile.Write(
                path,
                stream =>
                {
                    stream.WriteByte(1);
                    throw new InvalidOperationException();
                }
            )
        );

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Only_leftovers_of_its_own_are_deleted()
    {
        using var folder = new TemporaryFolder();
        string[] others = ["notes.tmp", "a.txt.1-2.tmp", "a.txt.12-0123456789abcdef0123456789abcdeg.tmp", "a.txt"];
        foreach (string name in others.Append("a.txt.12-0123456789abcdef0123456789abcdef.tmp"))
        {
            File.WriteAllText(folder.File(name), name);
        }

        AtomicFile.DeleteLeftovers(folder.Path);

        Assert.Equal(
            others.Order(StringComparer.Ordinal),
            Directory.GetFiles(folder.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
        );
    }
}
