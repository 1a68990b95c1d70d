using TaskGrain.Transfer.Teaching;

namespace TaskGrain.Tests.Transfer.Teaching;

public sealed class ClipGroupsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_says_the_group_of_each_file_also_below_folders_of_splits()
    {
        string table = Table("file,class,scene,group\nwave/1.mp4,wave,hall,P\n\"wave/2.mp4\",wave,shed,Q\n");

        Assert.Equal(["P", "Q"], ClipGroups.Parse(table).Of(["wave/1.mp4", "train/wave/2.mp4"]));
        Assert.Equal(["hall"], ClipGroups.Parse($"{table}:scene").Of(["wave/1.mp4"]));
    }

    [Fact]
    public void A_file_name_alone_is_enough_where_it_is_of_one_group()
    {
        string table = Table("file,room\na.mp4,hall\nb.mp4,shed\nb.mp4,yard\n");
        var groups = ClipGroups.Parse(table);

        Assert.Equal(["hall"], groups.Of(["wave/a.mp4"]));
        Assert.Contains(
            "wave/b.mp4",
            Assert.Throws<TaskGrainException>(() => groups.Of(["wave/b.mp4"])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_pattern_takes_the_group_out_of_the_names()
    {
        var groups = ClipGroups.Parse("*/{group}-*");

        Assert.Equal(["anna", "ben"], groups.Of(["wave/anna-1.mp4", "train/clap/ben-of-may.mp4"]));
        Assert.Contains(
            "wave/3.mp4",
            Assert.Throws<TaskGrainException>(() => groups.Of(["wave/3.mp4"])).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("rooms", "FILE.csv")]
    [InlineData("{group}-{group}", "once")]
    public void What_says_no_groups_is_refused_with_what_would_be_right(string text, string right)
    {
        Assert.Contains(
            right,
            Assert.Throws<TaskGrainException>(() => ClipGroups.Parse(text)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_table_without_the_column_is_refused_with_its_first_line()
    {
        string message = Assert.Throws<TaskGrainException>(() => ClipGroups.Parse(Table("clip,light\na,b\n"))).Message;

        Assert.Contains("'room'", message, StringComparison.Ordinal);
        Assert.Contains("'clip,light'", message, StringComparison.Ordinal);
    }

    private string Table(string text)
    {
        string path = _folder.File("groups.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
