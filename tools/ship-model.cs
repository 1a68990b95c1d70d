#:project ../src/TaskGrain/TaskGrain.csproj
#:property PublishAot=false
#:property NoWarn=CS1591

// Makes the weights of a shipped model from a trained one: matrices and kernels in bfloat16, half the size.
// Run from the repository's root:  dotnet run tools/ship-model.cs -- run/best.safetensors models/NAME/model.safetensors
using TaskGrain.Models;
using TaskGrain.Runtime;
using static TorchSharp.torch;

using VideoModel model = ModelFile.Load(args[0], CPU, Precision.Float32);
ModelFile.Save(args[1], model, ScalarType.BFloat16);
