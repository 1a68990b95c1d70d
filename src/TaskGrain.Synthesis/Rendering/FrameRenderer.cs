using SkiaSharp;

namespace TaskGrain.Synthesis;

/// <summary>
/// Renders the frames of one clip: the background once, then for each frame the background moved by the camera, the
/// scene, and the lens and sensor. Not thread-safe; a clip's renderer belongs to one thread.
/// </summary>
internal sealed class FrameRenderer : IDisposable
{
    private readonly Scene _scene;
    private readonly Painter _painter = new();
    private readonly SKBitmap _background;
    private readonly SKImage _backgroundImage;
    private readonly int _left,
        _top;
    private readonly SKBitmap _frame;
    private readonly SKCanvas _canvas;
    private readonly byte[] _row;
    private readonly byte[] _smooth;
    private int[]? _light;

    public FrameRenderer(Scene scene, int width, int height)
    {
        _scene = scene;
        Width = width;
        Height = height;
        ScaleX = width / scene.View.Width;
        ScaleY = height / scene.View.Height;
        (_background, _left, _top) = BackgroundPainter.Paint(
            scene.Stage,
            scene.View,
            ScaleX,
            ScaleY,
            scene.Camera.Margin
        );
        ClutterPainter.Paint(_background, scene.Variation.Clutter, scene.Stage.Seed);
        _background.SetImmutable();
        _backgroundImage = SKImage.FromBitmap(_background);
        _frame = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        _canvas = new SKCanvas(_frame);
        _row = new byte[width * 4];
        _smooth = new byte[width * height * 4];
        Painter = new ScenePainter(scene);
    }

    public int Width { get; }

    public int Height { get; }

    public double ScaleX { get; }

    public double ScaleY { get; }

    public ScenePainter Painter { get; }

    /// <summary>From pixels of the view to pixels of the frame at a time.</summary>
    public Affine FrameMap(double time) => Affine.Scale(ScaleX, ScaleY) * _scene.Camera.At(time);

    /// <summary>Renders the frame at a time.</summary>
    /// <param name="time">Scene time, seconds.</param>
    /// <param name="frame">The frame's number: chooses the sensor's noise.</param>
    /// <param name="rgb">Filled with (height, width, 3) bytes.</param>
    public void Render(double time, int frame, Span<byte> rgb)
    {
        RecordingFaults recording = _scene.Variation.Recording;
        Expose(time, recording);
        Span<byte> pixels = _frame.GetPixelSpan();
        for (int i = 0; i < _scene.Stage.Blur + recording.Softness; i++)
        {
            Sensor.Smooth(pixels, _smooth, Width, Height);
        }

        _scene.Variation.Grade?.Apply(pixels);
        recording.Record(_frame);

        // Sensor noise is finer than the pixels of a small frame, which average it.
        int noise = recording.Noise ?? (Height < 200 ? _scene.Stage.Noise / 2 : _scene.Stage.Noise);
        Sensor.Pack(pixels, rgb, Width, Height, noise, _scene.Stage.Seed + (ulong)frame);
    }

    /// <summary>What reaches the sensor: one moment, or the mean of some while the shutter is open.</summary>
    private void Expose(double time, RecordingFaults recording)
    {
        if (recording.Moments == 1)
        {
            Draw(time);
            return;
        }

        _light ??= new int[Width * Height * 4];
        Array.Clear(_light);
        double open = recording.Shutter * _scene.Speed / SyntheticClip.FramesPerSecond;
        for (int moment = 0; moment < recording.Moments; moment++)
        {
            Draw(Math.Max(0, time - (open * moment / recording.Moments)));
            Span<byte> pixels = _frame.GetPixelSpan();
            for (int i = 0; i < _light.Length; i++)
            {
                _light[i] += pixels[i];
            }
        }

        Span<byte> mean = _frame.GetPixelSpan();
        for (int i = 0; i < _light.Length; i++)
        {
            mean[i] = (byte)(_light[i] / recording.Moments);
        }
    }

    private void Draw(double time)
    {
        Affine map = FrameMap(time);
        DrawBackground(map);
        _painter.Canvas = _canvas;
        Painter.Draw(_painter, time, map);
        _painter.Canvas = null;
        _canvas.Flush();
    }

    /// <summary>The box around an object in the frame at a time.</summary>
    public Bounds Measure(Actor actor, double time) => Painter.Measure(_painter, actor, time, FrameMap(time));

    public Bounds Measure(Hand hand, double time) => Painter.Measure(_painter, hand, time, FrameMap(time));

    public void Dispose()
    {
        _painter.Dispose();
        _canvas.Dispose();
        _frame.Dispose();
        _backgroundImage.Dispose();
        _background.Dispose();
    }

    private void DrawBackground(Affine map)
    {
        _canvas.ResetMatrix();
        bool moved = Math.Abs(map.Xx - ScaleX) > 1e-6 || map.Yx != 0;
        if (!moved)
        {
            // Whole pixels: a plain copy.
            _canvas.DrawImage(_backgroundImage, (float)Math.Round(map.X0) + _left, (float)Math.Round(map.Y0) + _top);
            return;
        }

        var matrix = new SKMatrix(
            (float)(map.Xx / ScaleX),
            (float)(map.Xy / ScaleY),
            (float)map.X0,
            (float)(map.Yx / ScaleX),
            (float)(map.Yy / ScaleY),
            (float)map.Y0,
            0,
            0,
            1
        );
        _canvas.SetMatrix(matrix);
        _canvas.DrawImage(_backgroundImage, _left, _top, new SKSamplingOptions(SKFilterMode.Linear));
        _canvas.ResetMatrix();
    }
}
