using SkiaSharp;
using TaskGrain.Explain;
using TaskGrain.Explain.Overlays;
using TaskGrain.Models;
using TaskGrain.Tests.Inference;
using TaskGrain.Video;

namespace TaskGrain.Tests.Explain;

public sealed class OverlayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("why.mp4")]
    [InlineData("why.webm")]
    [InlineData("why.gif")]
    public void A_video_decodes_with_a_frame_for_each_of_the_clips(string name)
    {
        string file = _folder.File(name);

        Explain("a patch").Save(file);

        (int width, int height) = VideoReader.PictureSize(file, TestContext.Current.CancellationToken);
        VideoFrames decoded = VideoReader.Read(file, new FrameFormat(width, height, 12));
        Assert.Equal(PlantedPatch.Frames, decoded.Count);
        Assert.Equal((240, 260), (width, height));
    }

    [Fact]
    public void An_animated_webp_decodes_with_a_frame_for_each_of_the_clips()
    {
        string file = _folder.File("why.webp");

        Explain("a patch").Save(file);

        using SKCodec codec = SKCodec.Create(file);
        Assert.Equal(PlantedPatch.Frames, codec.FrameCount);
    }

    [Fact]
    public void A_strip_has_a_row_for_each_map()
    {
        string file = _folder.File("why.png");
        string two = _folder.File("two.png");
        var look = new OverlayOptions { Columns = 5, FrameHeight = 64 };

        Explain("a patch").Save(file, look);
        Explain("a patch", "nothing at all").SaveStrip(two, look);

        using SKBitmap one = SKBitmap.Decode(file);
        using SKBitmap both = SKBitmap.Decode(two);
        Assert.Equal(one.Width, both.Width);
        Assert.Equal(64 + 3 + 18 + 8, both.Height - one.Height);
        Assert.InRange(one.Width, 5 * 64, (5 * 64) + 300);
    }

    [Fact]
    public void The_patch_is_covered_when_and_where_it_is_and_nothing_else_is()
    {
        Explanation explanation = Explain("a patch");
        VideoFrames plain = OverlayVideo.Draw(explanation, new OverlayOptions { Opacity = 0 });
        VideoFrames covered = OverlayVideo.Draw(explanation, new OverlayOptions { Opacity = 1 });

        for (int frame = 0; frame < PlantedPatch.Frames; frame++)
        {
            int[] changed = [.. Changed(plain.Frame(frame), covered.Frame(frame))];
            if (PlantedPatch.At(frame) is not { } patch)
            {
                Assert.Empty(changed);
                continue;
            }

            // The picture of 72 pixels is drawn 240 pixels high, with a border of 4 pixels that the model does not see.
            double scale = 240.0 / PlantedPatch.Side;
            double middle = (patch.X + 4 + (PlantedPatch.Patch / 2)) * scale;
            Assert.InRange(changed.Average(i => i % plain.Format.Width), middle - 30, middle + 30);
        }
    }

    [Fact]
    public void Without_opacity_the_frames_are_as_they_were()
    {
        Explanation explanation = Explain("a patch");

        VideoFrames one = OverlayVideo.Draw(explanation, new OverlayOptions { Opacity = 0 });
        VideoFrames other = OverlayVideo.Draw(
            explanation,
            new OverlayOptions { Opacity = 0, Colours = OverlayColours.Viridis }
        );

        Assert.True(one.Pixels.Span.SequenceEqual(other.Pixels.Span));
    }

    [Theory]
    [InlineData(OverlayColours.Inferno)]
    [InlineData(OverlayColours.Magma)]
    [InlineData(OverlayColours.Viridis)]
    public void Brightness_rises_evenly_with_the_value(OverlayColours colours)
    {
        using var painter = new HeatPainter(new OverlayOptions { Colours = colours, Opacity = 1 });

        double[] lightness = [.. Enumerable.Range(0, 11).Select(i => Lightness(painter.Colour(i / 10f)))];

        // CIE lightness L*, 0 to 100: rises from dark to bright in steps that are nearly equal.
        double[] steps = [.. lightness.Zip(lightness.Skip(1), (a, b) => b - a)];
        Assert.InRange(lightness[^1] - lightness[0], 60, 100);
        Assert.All(steps, step => Assert.InRange(step, 0.6 * steps.Average(), 1.4 * steps.Average()));
    }

    [Fact]
    public void Faulty_options_are_listed_and_an_unknown_ending_is_refused_before_anything_is_drawn()
    {
        Explanation explanation = Explain("a patch");
        var options = new OverlayOptions
        {
            Opacity = 1.5,
            Columns = 0,
            FrameHeight = 4,
        };

        string faults = Assert.Throws<TaskGrainException>(() => explanation.SaveStrip("x.png", options)).Message;
        string ending = Assert.Throws<TaskGrainException>(() => explanation.Save(_folder.File("x.avi"))).Message;

        Assert.Contains("opacity 1.5", faults, StringComparison.Ordinal);
        Assert.Contains("not 0;", faults, StringComparison.Ordinal);
        Assert.Contains("not 4", faults, StringComparison.Ordinal);
        Assert.Contains(".mp4, .webm, .webp, .gif", ending, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_shown_in_its_own_shape_and_more_fluently_than_the_model_reads_it()
    {
        var read = new VideoFrames(new FrameFormat(84, 84, 4), new byte[10 * 84 * 84 * 3]);

        Assert.Equal(new FrameFormat(426, 240, 12), ShownPictures.Format((1920, 1080), read));
        Assert.Equal(new FrameFormat(96, 160, 12), ShownPictures.Format((96, 160), read));
    }

    [Fact]
    public void A_clip_file_is_explained_and_drawn()
    {
        string clip = Video.FfmpegProgram.Clip(_folder.File("clip.mp4"));
        string strip = _folder.File("strip.png");
        using VideoModel model = HeadedModels.Create(HeadKind.Joint);
        using var explainer = new VideoExplainer(model);

        explainer.Explain(clip).SaveStrip(strip);

        using SKBitmap picture = SKBitmap.Decode(strip);
        Assert.True(picture.Height > 96);
    }

    private static Explanation Explain(params string[] classes)
    {
        using VideoModel model = PlantedPatch.Model();
        using var explainer = new VideoExplainer(model);
        return explainer.Explain(PlantedPatch.Video(), new ExplainOptions { Classes = classes, Layer = "conv3" });
    }

    private static IEnumerable<int> Changed(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        List<int> changed = [];
        for (int i = 0; i < before.Length / 3; i++)
        {
            if (!before.Slice(3 * i, 3).SequenceEqual(after.Slice(3 * i, 3)))
            {
                changed.Add(i);
            }
        }

        return changed;
    }

    // From sRGB: linear light, its luminance, the cube root of it.
    private static double Lightness(SKColor colour)
    {
        double Linear(byte value) =>
            value <= 10 ? value / 255.0 / 12.92 : Math.Pow(((value / 255.0) + 0.055) / 1.055, 2.4);
        double luminance =
            (0.2126 * Linear(colour.Red)) + (0.7152 * Linear(colour.Green)) + (0.0722 * Linear(colour.Blue));
        return luminance > 0.008856 ? (116 * Math.Cbrt(luminance)) - 16 : 903.3 * luminance;
    }
}
