using System.Text;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Tests.Runtime.Storage;

public sealed class AppendLogTests
{
    [Fact]
    public void What_lies_behind_the_last_whole_record_is_cut_off_and_written_over()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("log");
        File.WriteAllText(path, "one\ntwo\nthr");

        using (AppendLog log = AppendLog.Open(path, 8))
        {
            Assert.Equal(8, log.Length);
            Assert.Equal("one\ntwo\n", File.ReadAllText(path));
            log.Append("3\n"u8);
            log.Append("4\n"u8);
            log.Flush();
            Assert.Equal(12, log.Length);
        }

        Assert.Equal("one\ntwo\n3\n4\n", File.ReadAllText(path));
    }

    [Fact]
    public void A_file_that_was_cut_short_is_named_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("log");
        File.WriteAllText(path, "12345");

        var fault = Assert.Throws<TaskGrainException>(() => AppendLog.Open(path, 8));

        Assert.Contains(path, fault.Message);
        Assert.Contains("5 bytes where 8 were written", fault.Message);
        Assert.Equal("12345", File.ReadAllText(path));
    }

    [Fact]
    public void A_new_file_is_made_and_others_read_it_meanwhile()
    {
        using var folder = new TemporaryFolder();
        using AppendLog log = AppendLog.Open(folder.File("log"), 0);
        log.Append(Encoding.UTF8.GetBytes("größer"));

        using var reader = new StoredFile(folder.File("log"));
        byte[] bytes = new byte[reader.Length];
        reader.Read(0, bytes);

        Assert.Equal("größer", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void A_closed_log_takes_nothing()
    {
        using var folder = new TemporaryFolder();
        AppendLog log = AppendLog.Open(folder.File("log"), 0);
        log.Dispose();

        Assert.Throws<ObjectDisposedException>(() => log.Append("x"u8));
        Assert.Throws<ObjectDisposedException>(log.Flush);
    }
}
