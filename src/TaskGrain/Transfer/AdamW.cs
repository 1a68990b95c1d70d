using System.Runtime.Intrinsics;

namespace TaskGrain.Transfer;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019) over one array of parameters: the rule of Training's
/// <c>AdamOptimiser</c>, on an array because heads have a few thousand parameters and train side by side, a thread
/// each, where the calls of a tensor's operations would cost more than their arithmetic. A test holds both to the same
/// numbers.
/// </summary>
/// <param name="count">Number of parameters.</param>
internal sealed class AdamW(int count)
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly float[] _mean = new float[count];
    private readonly float[] _square = new float[count];
    private int _step;

    /// <summary>One update.</summary>
    /// <param name="parameters">Changed in place.</param>
    /// <param name="gradient">The loss's gradient.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="decay">Weight decay; each update takes this share × the learning rate off every weight.</param>
    /// <param name="weights">How many of the first parameters decay.</param>
    public void Update(float[] parameters, float[] gradient, double rate, double decay, int weights)
    {
        _step++;
        float stepSize = (float)(rate / (1 - Math.Pow(Beta1, _step)));
        float rootScale = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, _step)));
        Move(0, weights, (float)(1 - (rate * decay)));
        Move(weights, count, 1);

        void Move(int from, int to, float keep)
        {
            int lanes = Vector256<float>.Count;
            int i = from;
            for (; i + lanes <= to; i += lanes)
            {
                var g = Vector256.Create(gradient.AsSpan(i));
                Vector256<float> mean = (Vector256.Create(_mean.AsSpan(i)) * Beta1) + (g * (1 - Beta1));
                Vector256<float> square = (Vector256.Create(_square.AsSpan(i)) * Beta2) + (g * g * (1 - Beta2));
                mean.CopyTo(_mean, i);
                square.CopyTo(_square, i);
                Vector256<float> root = (Vector256.Sqrt(square) * rootScale) + Vector256.Create(Epsilon);
                ((Vector256.Create(parameters.AsSpan(i)) * keep) - (mean * stepSize / root)).CopyTo(parameters, i);
            }

            for (; i < to; i++)
            {
                _mean[i] = (_mean[i] * Beta1) + (gradient[i] * (1 - Beta1));
                _square[i] = (_square[i] * Beta2) + (gradient[i] * gradient[i] * (1 - Beta2));
                parameters[i] =
                    (parameters[i] * keep) - (_mean[i] * stepSize / ((MathF.Sqrt(_square[i]) * rootScale) + Epsilon));
            }
        }
    }
}
