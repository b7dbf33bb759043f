//! A way to a server that a test can cut, or on which it can hold a request back.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
    sync::watch,
};

/// Passes bytes on to a server on loopback, while it lives and is not cut.
pub struct Proxy {
    pub address: SocketAddr,
    cut: watch::Sender<bool>,
    held: Held,
}

/// Requests that are held back until they are let go, whoever waits for them.
#[derive(Clone)]
struct Held {
    /// What such a request contains.
    containing: Option<&'static str>,
    let_go: watch::Sender<bool>,
    count: Arc<AtomicUsize>,
}

impl Proxy {
    pub async fn to(server: String, containing: Option<&'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port on loopback");
        let address = listener.local_addr().expect("its address");
        let (cut, is_cut) = watch::channel(false);
        let held = Held { containing, let_go: watch::channel(false).0, count: Arc::default() };
        let task_held = held.clone();
        tokio::spawn(async move {
            while !*is_cut.borrow() {
                let Ok((client, _)) = listener.accept().await else { return };
                let Ok(server) = TcpStream::connect(&server).await else { continue };
                let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
                tokio::spawn(pass(from_client, to_server, is_cut.clone(), Some(task_held.clone())));
                tokio::spawn(pass(from_server, to_client, is_cut.clone(), None));
            }
        });
        Proxy { address, cut, held }
    }

    /// Nothing passes any more, and nobody is told: as where packets are dropped.
    pub fn cut(&self) {
        self.cut.send_replace(true);
    }

    /// How many requests have been held back.
    pub fn held(&self) -> usize {
        self.held.count.load(Ordering::SeqCst)
    }

    /// They arrive now.
    pub fn let_go(&self) {
        self.held.let_go.send_replace(true);
    }
}

async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut cut: watch::Receiver<bool>, held: Option<Held>) {
    let mut bytes = vec![0; 1 << 16];
    let mut request = Vec::new();
    let mut has_held = false;
    loop {
        let length = tokio::select! {
            read = from.read(&mut bytes) => read.unwrap_or(0),
            () = async { drop(cut.wait_for(|cut| *cut).await) } => return std::future::pending().await,
        };
        if length == 0 {
            // A server that sees its client go gives up what it was asked: a request that arrives late arrives all the same.
            if has_held {
                std::future::pending::<()>().await;
            }
            return;
        }
        request.extend_from_slice(&bytes[..length]);
        if let Some(held) = &held
            && held.containing.is_some_and(|text| String::from_utf8_lossy(&request).contains(text))
        {
            // What is held is a whole request: its sender may be dead when it is let go.
            if !is_whole(&request) {
                continue;
            }
            has_held = true;
            held.count.fetch_add(1, Ordering::SeqCst);
            drop(held.let_go.subscribe().wait_for(|let_go| *let_go).await);
        }
        if to.write_all(&request).await.is_err() {
            return;
        }
        request.clear();
    }
}

/// Whether an HTTP/1.1 request has come to its end, by its Content-Length.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, _)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    let body = request.windows(4).position(|bytes| bytes == b"\r\n\r\n").map_or(0, |at| request.len() - at - 4);
    body >= length.unwrap_or(0)
}

#[test]
fn a_request_is_whole_with_its_body() {
    for (request, expected) in [
        ("POST / HTTP/1.1\r\nContent-Length: 2\r\n", false),
        ("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{", false),
        ("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", true),
        ("GET / HTTP/1.1\r\n\r\n", true),
    ] {
        assert_eq!(is_whole(request.as_bytes()), expected, "{request:?}");
    }
}
