using TaskGrain.Lab.Reproduction;
using TaskGrain.Labels;

namespace TaskGrain.Tests.Lab.Reproduction;

public sealed class RealTargetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Clips_of_a_group_are_all_learned_from_or_all_tested_on()
    {
        Clips("waves", "wave", "point");
        RealTarget target = RealTarget.Parse($"{_folder.File("waves")}=*/{{group}}-*");

        DataSet data = target.Open(seed: 1);

        Assert.Equal("waves", target.Name);
        Assert.Equal(12, data.Annotations.Count);
        string[] tested = [.. data.Of(Split.Test).Select(Room).Distinct()];
        string[] learned = [.. data.Of(Split.Train).Select(Room).Distinct()];
        Assert.Single(tested);
        Assert.Equal(2, learned.Length);
        Assert.Empty(tested.Intersect(learned));
        Assert.Equal(
            data.Of(Split.Test).Select(clip => clip.Media),
            target.Open(seed: 1).Of(Split.Test).Select(clip => clip.Media)
        );
    }

    [Fact]
    public void Without_groups_a_third_of_every_class_is_tested_on()
    {
        Clips("waves", "wave", "point");

        DataSet data = RealTarget.Parse(_folder.File("waves")).Open(seed: 1);

        Assert.Equal([2, 2], data.Of(Split.Test).GroupBy(clip => clip.Category).Select(own => own.Count()));
        Assert.Equal(8, data.Of(Split.Train).Count());
    }

    [Fact]
    public void A_folders_own_test_clips_are_kept()
    {
        Clips("own/train", "wave", "point");
        Clips("own/test", "wave", "point");

        DataSet data = RealTarget.Parse(_folder.File("own")).Open(seed: 1);

        Assert.Equal(12, data.Of(Split.Test).Count());
        Assert.All(data.Of(Split.Test), clip => Assert.StartsWith("test/", clip.Media, StringComparison.Ordinal));
    }

    [Fact]
    public void Clips_of_one_room_alone_are_refused()
    {
        Clips("waves", "wave", "point");

        TaskGrainException fault = Assert.Throws<TaskGrainException>(() =>
            RealTarget.Parse($"{_folder.File("waves")}=*/{{group}}*").Open(seed: 1)
        );

        Assert.Contains("'r'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_names_no_folder_of_the_machine()
    {
        RealTarget target = RealTarget.Parse($"{_folder.File("waves")}={_folder.File("tables/rooms.csv:room")}");

        Assert.Equal("waves=rooms.csv:room", target.ToWords());
        Assert.Equal("waves", target.WithoutFolders().Folder);
    }

    [Fact]
    public void A_pattern_of_groups_is_the_same_in_the_command()
    {
        RealTarget target = RealTarget.Parse($"{_folder.File("waves")}=*/{{group}}-*");

        Assert.Equal("waves=*/{group}-*", target.ToWords());
    }

    private static string Room(Annotation clip) => Path.GetFileName(clip.Media!).Split('-')[0];

    // Six clips a class, two of each of three rooms; nothing here looks into them.
    private void Clips(string folder, params string[] classes)
    {
        foreach (string name in classes)
        {
            Directory.CreateDirectory(_folder.File($"{folder}/{name}"));
            for (int i = 0; i < 6; i++)
            {
                File.WriteAllText(_folder.File($"{folder}/{name}/room{i / 2}-{name}{i}.mp4"), "clip");
            }
        }
    }
}
