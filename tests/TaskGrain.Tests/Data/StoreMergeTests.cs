using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;
using TaskGrain.Synthesis;
using TaskGrain.Tests.Video;
using TaskGrain.Video;

namespace TaskGrain.Tests.Data;

public sealed class StoreMergeTests : IDisposable
{
    private static readonly FrameFormat Format = new(16, 16, 2);

    private static readonly SynthesisOptions Seven = new()
    {
        Clips = 7,
        Seed = 5,
        Categories = ["Putting [something] into [something]", "Pretending to put [something] into [something]"],
        ValidationShare = 0.3,
        TestShare = 0.3,
        Threads = 1,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(80)]
    public void Three_rendered_parts_joined_in_any_order_are_the_whole_byte_for_byte(int? jpeg)
    {
        var compression = new FrameCompression(jpeg);
        SyntheticSet.WriteStore(Seven, _folder.File("whole/set"), Format, compression);
        string[] parts = Parts(Seven, 3, compression);

        int clips = StoreMerge.Run([parts[2], parts[0], parts[1]], _folder.File("joined/set"));

        Assert.Equal(7, clips);
        SameFiles(_folder.File("whole/set"), _folder.File("joined/set"));
        using LabelledStore store = LabelledStore.Open(_folder.File("joined/set"));
        Assert.Equal(7, store.DataSet.Annotations.Count);
    }

    [Fact]
    public void Parts_that_have_grown_are_joined_onto_the_store_of_before()
    {
        SyntheticSet.WriteStore(Seven, _folder.File("whole/set"), Format);
        StoreMerge.Run(Parts(Seven with { Clips = 4 }, 2, FrameCompression.Raw), _folder.File("joined/set"));

        // With fewer clips some are of other splits, so the annotations are those of the grown set.
        StoreMerge.Run(Parts(Seven, 2, FrameCompression.Raw), _folder.File("joined/set"));

        SameFiles(_folder.File("whole/set"), _folder.File("joined/set"));
    }

    [Fact]
    public void More_parts_than_clips_leave_some_empty()
    {
        SynthesisOptions two = Seven with { Clips = 2 };
        SyntheticSet.WriteStore(two, _folder.File("whole/set"), Format);

        StoreMerge.Run(Parts(two, 3, FrameCompression.Raw), _folder.File("joined/set"));

        SameFiles(_folder.File("whole/set"), _folder.File("joined/set"));
    }

    [Fact]
    public void Packed_parts_joined_are_the_whole_and_their_broken_clip_is_named()
    {
        foreach (string name in (string[])["lift/0.avi", "pour/1.avi", "pour/2.avi"])
        {
            string path = _folder.File($"videos/{name}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            FfmpegProgram.Clip(path, "12", "0.5", "-c:v", "mpeg4");
            File.AppendAllText(path, name); // no two files are the same
        }

        File.WriteAllText(_folder.File("videos/lift/3.avi"), "no video");
        DataSet data = DataSet.Open(_folder.File("videos"));
        var options = new PackOptions { Format = Format, Threads = 1 };
        LabelledStore.Pack(data, _folder.File("whole"), options);
        string[] parts = [_folder.File("1"), _folder.File("2")];
        LabelledStore.PackPart(data, parts[0], options, new StorePart(1, 2));
        LabelledStore.PackPart(data, parts[1], options, new StorePart(2, 2));

        StoreMerge.Run(parts, _folder.File("joined"));

        SameFiles(_folder.File("whole"), _folder.File("joined"));
        PackReport report = PackReport.Load(_folder.File("joined"));
        Assert.Equal((4, 3), (report.Asked, report.Added));
        Assert.Equal("lift/3.avi", Assert.Single(report.Failures).Id);
    }

    [Fact]
    public void A_part_that_is_missing_given_twice_or_of_another_number_is_refused()
    {
        string[] parts = Parts(Seven, 3, FrameCompression.Raw);
        SyntheticSet.WritePart(Seven, _folder.File("half"), Format, null, new StorePart(2, 2), null, default);

        Refused("Of 3 parts, 1 are not given: 2", parts[0], parts[2]);
        Refused("are both part 1 of 3", parts[0], parts[1], parts[2], parts[0]);
        Refused("are parts of different stores: 2/2 of clips", parts[0], _folder.File("half"), parts[2]);
        Refused("is no part of a store: there is no part.json", parts[0], _folder.File("none"));
    }

    [Fact]
    public void Parts_of_other_settings_are_refused()
    {
        string[] parts = Parts(Seven, 2, FrameCompression.Raw);
        Other("seed", Seven with { Seed = 6 }, Format);
        Other("size", Seven, new FrameFormat(32, 16, 2));

        Refused("generator.json: differs from that of", parts[0], _folder.File("seed"));
        Refused("holds raw frames of 32×16", parts[0], _folder.File("size"));

        void Other(string name, SynthesisOptions options, FrameFormat format) =>
            SyntheticSet.WritePart(options, _folder.File(name), format, null, new StorePart(2, 2), null, default);
    }

    [Fact]
    public void An_unfinished_part_and_one_that_lacks_a_clip_are_refused()
    {
        string[] parts = Parts(Seven, 2, FrameCompression.Raw);
        string file = Path.Combine(parts[1], PartFile.FileName);
        string text = File.ReadAllText(file);
        File.WriteAllText(file, text.Replace("true", "false", StringComparison.Ordinal));
        Refused("is not finished", parts);

        File.WriteAllText(file, text);
        string index = Path.Combine(parts[1], "index.bin");
        File.WriteAllBytes(index, File.ReadAllBytes(index)[..^3]); // the last record is torn
        Refused("1 clips of the part are missing, such as '6'", parts);
    }

    [Fact]
    public void A_damaged_clip_is_named_and_the_joining_goes_on_once_it_is_mended()
    {
        SyntheticSet.WriteStore(Seven, _folder.File("whole/set"), Format);
        string[] parts = Parts(Seven, 2, FrameCompression.Raw);
        string frames = Path.Combine(parts[1], "frames-00000.bin");
        byte[] sound = File.ReadAllBytes(frames);
        byte[] damaged = [.. sound];
        damaged[^1] ^= 1;
        File.WriteAllBytes(frames, damaged);
        Refused("clip '6' is damaged", parts);

        File.WriteAllBytes(frames, sound);
        StoreMerge.Run(parts, _folder.File("joined/set"));
        SameFiles(_folder.File("whole/set"), _folder.File("joined/set"));
    }

    [Fact]
    public void A_part_s_folder_takes_no_other_part_and_no_whole()
    {
        string[] parts = Parts(Seven, 2, FrameCompression.Raw);
        SyntheticSet.WriteStore(Seven, _folder.File("whole"), Format);

        Holds("part 1/2, not part 2/2", parts[0], new StorePart(2, 2));
        Holds("part 1/2, not a whole set of clips", parts[0], null);
        Holds("a whole set of clips, not part 1/2", _folder.File("whole"), new StorePart(1, 2));

        void Holds(string words, string folder, StorePart? part) =>
            Assert.Contains(
                words,
                Assert
                    .Throws<TaskGrainException>(() =>
                        SyntheticSet.WritePart(Seven, folder, Format, null, part, null, default)
                    )
                    .Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void A_store_with_other_clips_is_not_joined_onto()
    {
        SyntheticSet.WriteStore(Seven with { Clips = 9 }, _folder.File("joined/set"), Format);

        Refused("holds 2 clips that are in none of the parts", Parts(Seven, 2, FrameCompression.Raw));
    }

    private string[] Parts(SynthesisOptions options, int of, FrameCompression compression)
    {
        string[] folders = [.. Enumerable.Range(1, of).Select(number => _folder.File($"parts/{number}"))];
        for (int i = 0; i < of; i++)
        {
            SyntheticSet.WritePart(options, folders[i], Format, compression, new StorePart(i + 1, of), null, default);
        }

        return folders;
    }

    private void Refused(string words, params string[] parts)
    {
        var fault = Assert.Throws<TaskGrainException>(() => StoreMerge.Run(parts, _folder.File("joined/set")));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>All files are the same but the report of a packing, which holds times.</summary>
    private static void SameFiles(string one, string other)
    {
        Assert.Equal(Names(one), Names(other));
        Assert.All(
            Names(one),
            name =>
                Assert.Equal(File.ReadAllBytes(Path.Combine(one, name)), File.ReadAllBytes(Path.Combine(other, name)))
        );
    }

    private static string[] Names(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder)
                .Select(path => Path.GetFileName(path))
                .Where(name => name != PackReport.FileName)
                .Order(StringComparer.Ordinal),
        ];
}
