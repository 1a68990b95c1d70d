using TaskGrain.Video;

namespace TaskGrain.Tests.Video;

public sealed class LiveVideoTests
{
    private static readonly FrameFormat Format = new(32, 24, 6);

    [Fact]
    public void Gives_the_frames_of_a_file_one_by_one()
    {
        using var folder = new TemporaryFolder();
        string clip = FfmpegProgram.Clip(folder.File("a 'clip': 1.mp4"), seconds: "2");
        using LiveVideo video = LiveVideo.Open(clip, Format);
        byte[] frame = new byte[Format.BytesPerFrame];

        int frames = 0;
        while (video.Read(frame))
        {
            frames++;
            Assert.Contains(frame, value => value > 0);
        }

        Assert.InRange(frames, 11, 13);
        Assert.Equal(frames, video.FramesRead);
    }

    [Fact]
    public void A_file_without_pictures_and_a_missing_one_are_named()
    {
        using var folder = new TemporaryFolder();
        string text = folder.File("text.mp4");
        File.WriteAllText(text, "no video");
        using LiveVideo video = LiveVideo.Open(text, Format);

        var unreadable = Assert.Throws<TaskGrainException>(() => video.Read(new byte[Format.BytesPerFrame]));
        var missing = Assert.Throws<TaskGrainException>(() => LiveVideo.Open(folder.File("missing.mp4"), Format));

        Assert.Contains("text.mp4", unreadable.Message, StringComparison.Ordinal);
        Assert.Contains("missing.mp4", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Can_be_stopped_in_the_middle()
    {
        using var folder = new TemporaryFolder();
        using LiveVideo video = LiveVideo.Open(
            FfmpegProgram.Clip(folder.File("clip.mp4"), seconds: "2"),
            Format,
            realTime: true
        );
        byte[] frame = new byte[Format.BytesPerFrame];
        Assert.True(video.Read(frame));

        video.Stop();
        while (video.Read(frame)) { }

        Assert.InRange(video.FramesRead, 1, 12);
    }
}
