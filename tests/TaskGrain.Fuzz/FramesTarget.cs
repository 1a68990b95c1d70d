using System.Globalization;
using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Fuzz;

/// <summary>
/// Folders of pictures with mutated bytes and odd names: numbers of any length, signs, points, links.
/// </summary>
internal sealed class FramesTarget : IFuzzTarget
{
    private static readonly FrameFormat Format = new(32, 32, 12);
    private static readonly string[] Words =
    [
        "",
        "img",
        "img_v2_",
        "-",
        "t_-",
        "1.",
        "2024-09-05_",
        "frame(",
        "._",
        "Ä",
    ];
    private byte[][] _pictures = [];
    private string[] _endings = [];

    public string Name => "frames";

    public void Prepare(string folder)
    {
        string[] files = SeedVideos.MakePictures(folder);
        _pictures = [.. files.Select(File.ReadAllBytes)];
        _endings = [.. files.Select(file => Path.GetExtension(file))];
    }

    public string Write(SeededRandom random, string folder)
    {
        int pictures = 1 + random.NextInt(12);
        string word = random.Pick(Words);
        int digits = random.NextInt(6) == 0 ? 1 + random.NextInt(200) : 1;
        for (int i = 0; i < pictures; i++)
        {
            int kind = random.NextInt(_pictures.Length);
            byte[] bytes = _pictures[kind];
            if (random.NextBool(0.4))
            {
                bytes = Mutation.Of(random, bytes, random.Pick(_pictures));
            }

            string number =
                random.NextInt(8) == 0 ? random.NextUInt64().ToString(CultureInfo.InvariantCulture) : $"{i}";
            string name = (random.NextInt(10) == 0 ? random.Pick(Words) : word) + number.PadLeft(digits, '9');
            string path = Path.Combine(folder, name + _endings[random.NextInt(12) == 0 ? 0 : kind]);
            if (random.NextInt(60) == 0 && !File.Exists(path))
            {
                File.CreateSymbolicLink(path, "nowhere.jpg");
            }
            else if (!File.Exists(path))
            {
                File.WriteAllBytes(path, bytes);
            }
        }

        return folder;
    }

    public void Read(string path) => VideoReader.Read(path, Format);
}
