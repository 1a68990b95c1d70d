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
    public unsafe void Render(double time, int frame, Span<byte> rgb)
    {
        Affine map = FrameMap(time);
        DrawBackground(time, map);
        _painter.Canvas = _canvas;
        Painter.Draw(_painter, time, map);
        _painter.Canvas = null;
        _canvas.Flush();
        var pixels = new Span<byte>((void*)_frame.GetPixels(), Width * Height * 4);
        for (int i = 0; i < _scene.Stage.Blur; i++)
        {
            Sensor.Smooth(pixels, _smooth, Width, Height);
        }

        // Sensor noise is finer than the pixels of a small frame, which average it.
        int noise = Height < 200 ? _scene.Stage.Noise / 2 : _scene.Stage.Noise;
        Sensor.Pack(pixels, rgb, Width, Height, noise, _scene.Stage.Seed + (ulong)frame);
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

    private void DrawBackground(double time, Affine map)
    {
        _canvas.ResetMatrix();
        bool zoomed = Math.Abs(map.Xx - ScaleX) > 1e-6;
        if (!zoomed)
        {
            // Whole pixels: a plain copy.
            _canvas.DrawImage(_backgroundImage, (float)Math.Round(map.X0) + _left, (float)Math.Round(map.Y0) + _top);
            return;
        }

        var matrix = new SKMatrix(
            (float)(map.Xx / ScaleX),
            0,
            (float)map.X0,
            0,
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
