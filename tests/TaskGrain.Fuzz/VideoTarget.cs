using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Fuzz;

/// <summary>Mutated bytes of video files of many kinds, at times under another kind's ending.</summary>
internal sealed class VideoTarget : IFuzzTarget
{
    private byte[][] _videos = [];
    private string[] _endings = [];

    public string Name => "video";

    public void Prepare(string folder)
    {
        string[] files = SeedVideos.MakeVideos(folder);
        _videos = [.. files.Select(File.ReadAllBytes)];
        _endings = [.. files.Select(file => Path.GetExtension(file))];
    }

    public string Write(SeededRandom random, string folder)
    {
        int kind = random.NextInt(_videos.Length);
        byte[] other = _videos[random.NextBool(0.7) ? kind : random.NextInt(_videos.Length)];
        byte[] bytes = Mutation.Of(random, _videos[kind], other);
        string ending = _endings[random.NextInt(20) == 0 ? random.NextInt(_endings.Length) : kind];
        string path = Path.Combine(folder, "clip" + ending);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Read(string path) => VideoReader.Read(path, FrameFormat.Paper);
}
