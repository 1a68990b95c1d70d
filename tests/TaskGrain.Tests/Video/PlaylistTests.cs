using System.Text;
using TaskGrain.Video;
using TaskGrain.Video.Native;

namespace TaskGrain.Tests.Video;

/// <summary>A file that names other files is refused; nothing but the file that was given is opened.</summary>
public sealed class PlaylistTests
{
    private static readonly FrameFormat Small = new(32, 32, 12);

    /// <summary>Lists that name a sound video beside them, and lists that name themselves.</summary>
    public static TheoryData<string, string> Files =>
        new()
        {
            { "hls", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\ngood.ts\n#EXT-X-ENDLIST\n" },
            { "hls", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlist.m3u8\n" },
            { "concat", "ffconcat version 1.0\nfile good.ts\n" },
            { "concat", "ffconcat version 1.0\nfile list.mp4\n" },
            {
                "dash",
                "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" "
                    + "profiles=\"urn:mpeg:dash:profile:isoff-main:2011\" mediaPresentationDuration=\"PT1S\"><Period>"
                    + "<AdaptationSet contentType=\"video\"><Representation id=\"1\" bandwidth=\"1\">"
                    + "<BaseURL>good.ts</BaseURL><SegmentBase/></Representation></AdaptationSet></Period></MPD>"
            },
            {
                "imf",
                "<?xml version=\"1.0\"?><CompositionPlaylist xmlns=\"http://www.smpte-ra.org/schemas/2067-3/2016\">"
                    + "<Id>urn:uuid:8713c020-2489-45f5-a9f7-87be539e20b5</Id></CompositionPlaylist>"
            },
            { "sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n" },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_list_of_files_is_refused_whatever_its_ending(string kind, string text)
    {
        using var folder = new TemporaryFolder();
        FfmpegProgram.Clip(folder.File("good.ts"), "12", "0.5", "-c:v", "mpeg2video");
        foreach (string name in (string[])["list.m3u8", "list.mp4", "list.ffconcat", "list.mpd", "list.sdp", "list"])
        {
            File.WriteAllText(folder.File(name), text);
        }

        foreach (string name in (string[])["list.m3u8", "list.mp4", "list.ffconcat", "list.mpd", "list.sdp", "list"])
        {
            string path = folder.File(name);
            var read = Assert.Throws<TaskGrainException>(() => VideoReader.Read(path, Small));
            var live = Assert.Throws<TaskGrainException>(() =>
            {
                using LiveVideo video = LiveVideo.Open(path, Small);
                video.Read(new byte[Small.BytesPerFrame]);
            });
            Assert.StartsWith(path, read.Message, StringComparison.Ordinal);
            Assert.StartsWith(path, live.Message, StringComparison.Ordinal);
            Assert.True(
                read.Message.Contains("list of other files", StringComparison.Ordinal) || kind == "imf",
                read.Message
            );
        }
    }

    [Fact]
    public void Every_demuxer_of_the_installed_FFmpeg_that_opens_other_files_is_named()
    {
        string[] open =
        [
            "hls",
            "applehttp",
            "concat",
            "dash",
            "imf",
            "sdp",
            "rtsp",
            "rtp",
            "sap",
            "webm_dash_manifest",
            "vobsub",
            "avisynth",
            "vapoursynth",
        ];
        string[] installed =
        [
            .. Encoding
                .UTF8.GetString(FfmpegProgram.Run("-demuxers"))
                .Split('\n')
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 1 && words[0] == "D")
                .SelectMany(words => words[1].Split(',')),
        ];
        Assert.Contains("concat", installed);
        Assert.Empty(installed.Intersect(open).Except(MediaFile.Lists));
    }

    [Theory]
    [InlineData("picture%d.png")]
    [InlineData("picture%01d.png")]
    [InlineData("picture*.png")]
    [InlineData("picture?.png")]
    [InlineData("picture{1,2}.png")]
    public void A_pattern_in_a_name_is_a_name(string name)
    {
        using var folder = new TemporaryFolder();
        Picture(folder.File("picture1.png"), "blue");
        Picture(folder.File("picture2.png"), "blue");
        Picture(folder.File("plain.png"), "red");
        File.Move(folder.File("plain.png"), folder.File(name));

        VideoFrames frames = VideoReader.Read(folder.File(name), Small);

        Assert.Equal(1, frames.Count);
        Assert.True(frames.Frame(0)[0] > 240 && frames.Frame(0)[2] < 10, "it is not the red picture");
        File.Delete(folder.File(name));
        Assert.Throws<TaskGrainException>(() => VideoReader.Read(folder.File(name), Small));
    }

    private static void Picture(string path, string colour) =>
        FfmpegProgram.Run("-f", "lavfi", "-i", $"color={colour}:size=20x20:duration=0.04", "-frames:v", "1", path);
}
