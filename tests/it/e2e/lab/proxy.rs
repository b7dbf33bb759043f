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
    loop {
        let length = tokio::select! {
            read = from.read(&mut bytes) => read.unwrap_or(0),
            () = async { drop(cut.wait_for(|cut| *cut).await) } => return std::future::pending().await,
        };
        if length == 0 {
            return;
        }
        if let Some(held) = &held
            && held.containing.is_some_and(|text| String::from_utf8_lossy(&bytes[..length]).contains(text))
        {
            held.count.fetch_add(1, Ordering::SeqCst);
            drop(held.let_go.subscribe().wait_for(|let_go| *let_go).await);
        }
        if to.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
}
