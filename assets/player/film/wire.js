// Reads the server's messages (docs/wire.md).

const ARRAYS = { u1: Uint8Array, i4: Int32Array, f4: Float32Array };

function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

// -> { header, runs: [{ entry, blocks: { name: { data, shape } } }] }
export async function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const { runs, ...header } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const packed = bytes.subarray(4 + length);
  const body = header.deflate ? await inflate(packed) : packed.slice().buffer;
  return { header, runs: runs.map(({ blocks, ...entry }) => ({ entry, blocks: views(body, blocks) })) };
}

function views(body, blocks) {
  const view = ({ dtype, shape, offset, delta }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const data = new ARRAYS[dtype](body, offset, count);
    const size = count / (shape[0] || 1);
    if (delta) for (let i = size; i < count; i++) data[i] += data[i - size]; // bytes wrap around
    return { data, shape };
  };
  return Object.fromEntries(blocks.map((block) => [block.name, view(block)]));
}
